package dev.baton.http.out.model.fault;

import static dev.baton.core.domain.prompt.ModelFault.AUTH;
import static dev.baton.core.domain.prompt.ModelFault.BAD_REQUEST;
import static dev.baton.core.domain.prompt.ModelFault.CONTENT_FILTERED;
import static dev.baton.core.domain.prompt.ModelFault.CONTEXT_TOO_LONG;
import static dev.baton.core.domain.prompt.ModelFault.OVERLOADED;
import static dev.baton.core.domain.prompt.ModelFault.RATE_LIMITED;
import static dev.baton.core.domain.prompt.ModelFault.TIMED_OUT;
import static dev.baton.core.domain.prompt.ModelFault.UPSTREAM_INVALID;

import dev.baton.core.domain.prompt.ModelFault;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The class of each error of a provider: the first row that fits decides. Patterns are of squeezed
 * text, see {@link ErrorText}. What each vendor says, with the source, is in {@code
 * docs/operating/provider-faults.md}.
 *
 * <p>A phrase that no row knows falls to the class of its status; that page says why this is safe.
 */
final class FaultTable {
  /** An error without a status: it stands in an answer or in a stream. */
  static final int NO_STATUS = 0;

  /** Units that a count may be of. */
  private static final String COUNTED = "(token|input|prompt|context|inputlength|promptlength)";

  private static final String TOO_LONG =
      String.join(
          "|",
          "context(length|window|limit|size|overflow)",
          "(max|maximum)(model|prompt|input|sequence)(length|len)|maxseqlen",
          "(max|maximum|toomany)(input|prompt)tokens|toomanytokens|tokenslimitreached",
          "(input|inputs|prompt|prompts|request|requestbody|messages?|allmessages|text|query"
              + "|conversation)(is|are|was)?too(long|large|big)|kvsize|kvcachesize",
          "toolargeformodel|stringtoolong|stringabovemaxlength|expectedmaxlength",
          COUNTED + "s?[a-z0-9]{0,80}(exceed|supportsupto|longerthan|largerthan)",
          "(exceed|longerthan|largerthan|morethan)[a-z0-9]{0,60}"
              + "(numberoftokens|tokenlimit|contextl|inputlength|promptlength|modellength)",
          "reducethe(length|size|number)|reduceyour(message|prompt|input)|inputtokencount",
          "inputs?(tokens)?(maxnewtokens)?(mustbe|musthavelessthan)|inputstokensmaxnewtokens",
          "rangeofinputlength|currentlengthis[0-9]*whilelimit",
          "\u8d85\u957f|\u8fc7\u957f|\u4e0a\u4e0b\u6587\u957f\u5ea6");

  private static final String FILTERED =
      String.join(
          "|",
          "content(filter|polic|management|moderation|existsrisk)|outputblocked",
          "responsibleai|raipolicy|guardrail|flagged|moderation",
          "(violat(e|es|ed|ing|ion|ions)|against)[a-z]{0,24}"
              + "(polic|guideline|terms|rules|standard)|usagepolic|usageguideline",
          "safety(check|system|filter|reason|polic|block)|prohibited(content|use)|blocked(by|output)",
          "(response|prompt|request|content)wasblocked|blockreason",
          "inappropriate|sensitive(content|info|word|data)|newsensitive|highrisk",
          "datainspection|harmfulcontent|unsafecontent",
          "\u654f\u611f|\u4e0d\u5b89\u5168");

  private static final String USED_UP =
      String.join(
          "|",
          "insufficient(user)?(quota|credit|balance|fund)|balance(is)?(too)?(low|insufficient)",
          "credits?(are|is)?(depleted|exhausted)|outofcredit|doesnthaveanycredit"
              + "|usedallavailablecredit|(exceeded|reached)current(quota|limit)",
          "billing(hardlimit|softlimit|notactive|isdisabled)|enablebilling|paymentrequired",
          "(spending|spend|credit|budget|key)(limit|cap|alert)?(hasbeen|is)?(exceeded|reached"
              + "|threshold)|exceededbudget|monthly(spend|included|limit|quota|usage)",
          "specifiedapiusagelimit|trialkey[a-z0-9]{0,80}month|outofcallvolumequota",
          "arrear|goodstanding|(account|team|project)[a-z0-9]{0,40}suspended|paypast",
          "\u4f59\u989d\u4e0d\u8db3|\u6b20\u8d39");

  private static final String ACCOUNT =
      USED_UP
          + "|(account|organization)(has|is|was)?(been)?"
          + "(flagged|disabled|deactivated|terminated|restricted)|apiaccesshasbeenblocked";

  private static final String KEY =
      String.join(
          "|",
          "(invalid|incorrect|wrong|expired|missing|unknown|revoked|disabled)[a-z]{0,12}"
              + "(apikey|accesskey|subscriptionkey|securitytoken|credential)",
          "apikey(is|was|has|you)?(been)?(not|invalid|incorrect|expired|missing|disabled|revoked)",
          "proxyservertoken|tokennotfoundindb|verificationtoken|unrecognizedclient|expiredtoken",
          "authenticationerror|authenticationfailed|autherror|unauthenticated|unauthorized",
          "accessdenied|permissiondenied|permissionerror|(not|nt)havepermission",
          "userlocationisnotsupported|unsupportedcountry|notavailableinyourcountry");

  private static final String TOO_FAST = "ratelimit|toomanyrequests|throttl";
  private static final String LATE = "timeout|timedout|deadlineexceeded";
  private static final String UNWELL = "overloaded|serviceunavailable|internalserver";
  private static final String WRONG =
      "invalidrequest|badrequest|invalidargument|validation|notfound";

  /** A text that is too long, and stands elsewhere than in the prompt. */
  private static final String ELSEWHERE =
      "(?ms)\\A(?=.*abovemaxlength).*^param(?!messages|prompt|input|null)";

  private static final IntPredicate NONE = is(NO_STATUS);

  /** Statuses that say little, so that the words decide. */
  private static final IntPredicate UNCLEAR =
      is(NO_STATUS, 400, 403, 404, 405, 406, 410, 412, 415, 422, 424, 451);

  private static final IntPredicate TOO_MANY = is(429);

  private static final List<Row> ROWS =
      List.of(
          // A limit per minute that this prompt alone is above is a limit of its length.
          all(TOO_MANY, "requesttoolarge|mustbereduced|reduceyourmessage", CONTEXT_TOO_LONG),
          names(TOO_MANY, USED_UP + "|quotaexceeded|billing", AUTH),
          all(TOO_MANY, "limit0(?![0-9])|credits?(are|is)?depleted|usedallavailable", AUTH),
          names(TOO_MANY, TOO_FAST, RATE_LIMITED),
          // Google tells of plan and billing whatever was used up, a minute's share or a day's.
          all(TOO_MANY, "perminute|persecond", RATE_LIMITED),
          all(TOO_MANY, "perday|permonth|daily|" + USED_UP, AUTH),
          all(TOO_MANY, "resourceexhausted|(retry|tryagain)(in|after)|waitbefore", RATE_LIMITED),
          all(TOO_MANY, "billing|exceededyourcurrentquota", AUTH),
          names(NONE, USED_UP, AUTH),
          names(NONE, TOO_FAST + "|resourceexhausted", RATE_LIMITED),
          all(NONE, "(?m)capacityexceeded|^ratelimit$", RATE_LIMITED),
          // What is too long is not the prompt, so that no other model takes it either.
          names(is(400), ELSEWHERE, BAD_REQUEST),
          names(UNCLEAR, TOO_FAST, RATE_LIMITED),
          names(UNCLEAR, LATE, TIMED_OUT),
          names(UNCLEAR, UNWELL, OVERLOADED),
          all(UNCLEAR.or(is(500)).and(is(403).negate()), TOO_LONG, CONTEXT_TOO_LONG),
          all(UNCLEAR, ACCOUNT, AUTH),
          all(UNCLEAR.or(is(500)), FILTERED, CONTENT_FILTERED),
          all(UNCLEAR, KEY, AUTH),
          names(NONE, WRONG, BAD_REQUEST),
          // What is left has its status alone.
          status(is(401, 402, 403, 407), AUTH),
          status(is(408, 504, 524), TIMED_OUT),
          status(is(409, 421, 423, 424, 425, 498, 499), OVERLOADED),
          status(is(413), CONTEXT_TOO_LONG),
          status(TOO_MANY, RATE_LIMITED),
          status(status -> status >= 400 && status < 500, BAD_REQUEST),
          status(status -> status >= 500 || status == NO_STATUS, OVERLOADED),
          // A redirect, or another success without an answer.
          status(status -> true, UPSTREAM_INVALID));

  private FaultTable() {}

  /** One rule: for these statuses, where the error's names, or all of it, hold the pattern. */
  private record Row(IntPredicate statuses, boolean namesAlone, Pattern pattern, ModelFault fault) {
    boolean fits(int status, ErrorText said) {
      return statuses.test(status)
          && pattern.matcher(namesAlone ? said.names() : said.all()).find();
    }
  }

  private static Row names(IntPredicate statuses, String pattern, ModelFault fault) {
    return new Row(statuses, true, Pattern.compile(pattern), fault);
  }

  private static Row all(IntPredicate statuses, String pattern, ModelFault fault) {
    return new Row(statuses, false, Pattern.compile(pattern), fault);
  }

  private static Row status(IntPredicate statuses, ModelFault fault) {
    return names(statuses, "", fault);
  }

  private static IntPredicate is(Integer... statuses) {
    Set<Integer> set = Set.of(statuses);
    return set::contains;
  }

  /** The class of an error that came with a status, or with {@link #NO_STATUS}. */
  static ModelFault fault(int status, ErrorText said) {
    return ROWS.get(row(status, said)).fault();
  }

  /** The place of the row that decides, from 0. */
  static int row(int status, ErrorText said) {
    for (int i = 0; i < ROWS.size(); i++) {
      if (ROWS.get(i).fits(status, said)) {
        return i;
      }
    }
    throw new IllegalStateException("the last row fits everything");
  }

  /** How many rows there are. */
  static int size() {
    return ROWS.size();
  }
}
