# Enqueue a prompt
curl -X POST http://127.0.0.1:8000/putPrompt \
  -H 'Content-Type: application/json' \
  -d '{"prompt":"Summarize: The sky is blue due to Rayleigh scattering."}'

# Fetch a prompt
curl 'http://127.0.0.1:8000/getPrompt?leaseSeconds=60'

# Post response
curl -X POST http://127.0.0.1:8000/postResponse \
  -H 'Content-Type: application/json' \
  -d '{"taskId":"<from getPrompt>","content":"Short summary here"}'
