package dev.bartizan.artifacts.instructions;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a tool's description says about the tools of others: that something is changed whenever
/// they are called, that they are not to be called any longer, that this one comes before them all
/// and is given everything.
final class Shadowing {
    private static final int MOST = 100;

    /// A tool by its name: several words in one, or the word that says so beside it.
    private static final String NAMED =
            "[`'\"]?([A-Za-z][A-Za-z0-9]{0,30}(?:[_-][A-Za-z0-9]{1,30}){1,8})[`'\"]?";

    private static final Pattern WHEN_CALLED =
            Pattern.compile(
                    "(?is)\\b(?:whenever|when|every time|each time|any time|before|after|if|once|as soon as)\\b[^.!?\\n]{0,40}?(?<![\\w-])"
                            + NAMED
                            + "(?![\\w-])[^.!?\\n]{0,60}?\\b(?:called|used|invoked|run|executed|triggered|runs|is sent|sends)\\b");

    /// Something is put into the call of another, or in the place of what the user gave.
    private static final Pattern CHANGES =
            Pattern.compile(
                    "(?is)\\b(?:add|adds|change|changes|set|put|replace|append|include|insert|modify|redirect|swap|route|bcc|cc|copy|use)\\b.{0,100}?\\b(?:recipients?|bcc|cc|accounts?|channels?|address(?:es)?|iban|payee|beneficiary|destination|receiver|webhook|phone number|wallet)\\b|\\b(?:recipients?|bcc|account|payee|destination|address)\\b.{0,30}?\\b(?:is|are|be|must be|has to be) (?:changed|replaced|set|swapped|redirected)\\b");

    /// Whom it goes to instead.
    private static final Pattern TO_SOMEBODY =
            Pattern.compile(
                    "@[\\w-]|#[\\w-]{2}|https?://|\\+\\d{6}|\\b[A-Z]{2}\\d{2}|\\b0x[0-9a-f]{6}|\\bbc1");

    private static final Pattern DISCREDITS =
            Pattern.compile(
                    "(?i)\\b(?:deprecated|compromised|unsafe|insecure|vulnerable|untrusted|broken|backdoored|infected|leaking|must not be used|(?:must|should) never be (?:used|called)|no longer (?:safe|secure|trusted|works?)|superseded|supersedes)\\b");
    private static final Pattern TAKES_OVER =
            Pattern.compile(
                    "(?is)\\b(?:route|redirect|send|pass|direct|divert|forward|hand|move)\\b[^.!?\\n]{0,24}?\\b(?:all|every|each|any)\\b[^.!?\\n]{0,60}?\\b(?:calls?|commands?|requests?|reads?|writes?|traffic|operations?|queries|messages|invocations?|usage)\\b[^.!?\\n]{0,24}?\\b(?:here|(?:through|to|via|into|with) (?:this|it|me)\\b)");

    private static final Pattern BEFORE_ALL =
            Pattern.compile(
                    "(?i)\\b(?:before|ahead of|prior to) (?:using |calling |running |invoking )?(?:any|every|each|all)(?: of the| the)? (?:other )?tools?\\b");
    private static final Pattern GIVEN_ALL =
            Pattern.compile(
                    "(?is)\\b(?:give|gives|pass|passes|send|sends|hand|provide|supply|supplies|forward|include|copy|share|attach)\\b[^.!?\\n]{0,40}?\\b(?:all|full|entire|whole|complete|every)\\b[^.!?\\n]{0,30}?\\b(?:arguments?|requests?|files|attachments?|conversation|messages?|parameters|inputs?|context|results|history|prompts?)\\b");

    /// Another tool is to be called with what is secret.
    private static final Pattern CALLS_WITH =
            Pattern.compile(
                    "(?is)\\b(?:call|calls|use|invoke|run|execute)\\s+(?:the\\s+)?"
                            + NAMED
                            + "(?![\\w-])[^\\n!?]{0,40}?(?:(?:~|\\$HOME|/home/[\\w.-]{1,40}|/root)/\\.(?:ssh|aws|kube|gnupg|docker|netrc|npmrc|pypirc|config/(?:gcloud|gh))\\b|/etc/(?:passwd|shadow)\\b|\\bid_(?:rsa|ed25519)\\b|(?<![\\w.])\\.env\\b|\\.git-credentials\\b)");

    private Shadowing() {}

    /// What a description does to other tools.
    ///
    /// @param own the name of the tool that is described
    /// @param listed the names of those offered with it
    static Optional<String> in(String description, String own, Set<String> listed) {
        Matcher called = WHEN_CALLED.matcher(description);
        for (int seen = 0; seen < MOST && called.find(); seen++) {
            String other = called.group(1);
            String behind =
                    description.substring(
                            called.end(), Math.min(description.length(), called.end() + 200));
            boolean isForeign = !other.equals(own) && !listed.contains(other);
            boolean isOther = isForeign || !other.equals(own);
            Matcher changes = CHANGES.matcher(behind);
            boolean isChanged = changes.find();
            boolean isNamed = TO_SOMEBODY.matcher(behind).find();
            if (isChanged && isOther && (isNamed || (isForeign && changes.start() < 40))) {
                return Optional.of("changes what \"" + other + "\" is called with");
            }
        }
        Matcher calls = CALLS_WITH.matcher(description);
        for (int seen = 0; seen < MOST && calls.find(); seen++) {
            boolean isForbidden = Secrets.isForbidden(description, calls.start());
            if (!calls.group(1).equals(own) && !isForbidden) {
                return Optional.of("has \"" + calls.group(1) + "\" called for a secret");
            }
        }
        if (DISCREDITS.matcher(description).find() && TAKES_OVER.matcher(description).find()) {
            return Optional.of("takes the place of another, which it says is not to be used");
        }
        if (BEFORE_ALL.matcher(description).find() && GIVEN_ALL.matcher(description).find()) {
            return Optional.of("wants to be called before all others, and to be given everything");
        }
        return Optional.empty();
    }
}
