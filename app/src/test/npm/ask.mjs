// Asks by OpenAI's own client what the test asks by Baton, and prints what came of each, as JSON.
import OpenAI from 'openai';

const [base, questions] = process.argv.slice(2);
const client = new OpenAI({ baseURL: base, apiKey: 'any', maxRetries: 0 });

const answers = {};
for (const [name, question] of Object.entries(JSON.parse(questions))) {
  const { stream, prompt, options, model } = question;
  const body = { model, messages: [{ role: 'user', content: prompt }], ...options };
  try {
    const completion = stream
      ? await client.chat.completions
          .stream({ ...body, stream_options: { include_usage: true } })
          .finalChatCompletion()
      : await client.chat.completions.create(body);
    const [choice] = completion.choices;
    answers[name] = {
      content: choice.message.content ?? '',
      finishReason: choice.finish_reason,
      calls: (choice.message.tool_calls ?? []).map((call) => ({
        name: call.function.name,
        arguments: call.function.arguments,
      })),
      tokens: completion.usage.total_tokens,
    };
  } catch (e) {
    answers[name] = { status: e.status, code: e.code };
  }
}
console.log(JSON.stringify(answers));
