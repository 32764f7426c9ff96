package dev.bartizan.artifacts.instructions;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Secrets that a passage has sent somewhere: what it names, what is done with it, and where it
/// goes, within a few sentences.
final class Secrets {
    private static final int BEFORE = 120;
    private static final int BEHIND = 260;
    private static final int TO_PLACE = 130;

    /// Files and things that nobody sends away for work.
    static final Pattern OWN =
            Pattern.compile(
                    "(?i)(?:~|\\$home|%userprofile%|/root|/home/\\w{1,32})[/\\\\]\\.(?:ssh\\b(?![/\\\\](?:config|known_hosts))|aws|kube|gnupg|netrc|npmrc|pypirc|git-credentials|docker/config|config/(?:gcloud|gh|op)\\b|cursor/mcp|bash_history|zsh_history|mozilla)"
                            + "|\\bid_(?:rsa|ed25519|ecdsa|dsa)\\b|\\.aws/credentials|\\.git-credentials|/etc/shadow|\\.netrc\\b|\\bwallet\\.dat|\\b(?:login |os |macos )?keychain\\b|\\b(?:browser|session|login) cookies\\b|\\bcookie jar\\b|\\bprintenv\\b|\\b(?:private|secret) ssh keys?\\b|\\bssh (?:private )?keys?\\b|\\bprivate keys?\\b|\\b(?:seed|recovery) phrase\\b|\\bdotenv file\\b|\\bsaved passwords\\b"
                            + "|\\b(?:contents?|lines|text|bytes|copy|everything) (?:of|from|in) [^.\\n]{0,30}\\.env\\b|\\b(?:upload|push|send|post|exfiltrate|e-?mail|scp|gist create)\\b[^.\\n]{0,20}[ /`\"']\\.env\\b(?!\\.)");

    /// What programs send for good reasons as well.
    static final Pattern SHARED =
            Pattern.compile(
                    "(?i)\\.env\\b(?!\\.(?:example|sample|template|dist))|\\b(?:api|access|secret|bearer|auth|session)[ _-](?:keys?|tokens?)\\b|\\bcredentials?\\b|\\bpasswords?\\b|\\btokens?\\b|\\benv(?:ironment)? (?:variables?|vars)\\b|\\bsecrets?\\b|\\bsystem prompt\\b|\\b(?:conversation|chat|message) (?:history|log|so far)\\b|\\b(?:whole|entire|full|complete) (?:conversation|chat|transcript|history)\\b|\\bsecret keys?\\b|\\b/etc/passwd\\b|\\bmcp\\.json\\b|\\bthe environment\\b");

    private static final Pattern SENDS =
            Pattern.compile(
                    "(?i)\\b(?:send|sent|post|pass|put|upload|transmit|forward|submit|hand|give|append|attach|include|paste|embed|exfiltrate|e-?mail|mail|push|supply|supplie|encode|insert|deliver|provide|fill|call|curl|wget|leak|report|copy|copie|repeat|dump|scp|gist|write|render|smuggle)(?:s|es|d|ed|ing|ting|ding)?(?:_\\w{1,20})?\\b");

    static final Pattern ELSEWHERE =
            Pattern.compile(
                    "(?i)https?://|@[\\w-]{1,60}\\.\\w|\\bwebhooks?\\b|\\bgist\\b|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b|(?<=\\w)\\.(?:evil|attacker)\\b|\\b(?:in|as|into|to|via|through|with) (?:the |this |its |a |an |your )?[`'\"]?\\w{1,30}[`'\"]? (?:parameters?|arguments?|field|header|param|property|query|arg)\\b|\\b(?:in|as|into|to) [`'\"](?-i:[a-z])\\w{0,30}[`'\"]|\\bas (?:the |a |an )?(?:sidenote|note|query|context|comment|metadata|side note|remark|parameter|argument)\\b|\\bto [a-z0-9-]{2,40}\\.[a-z]{2,10}\\b(?![./(])|\\bas its? (?:\\w+ )?(?:parameter|argument)\\b");

    /// The value of a parameter is to be a secret.
    private static final Pattern FILLS =
            Pattern.compile(
                    "(?i)\\b(?:must|has to|have to|needs? to|should|is to|required|always)\\b[^.\\n]{0,60}\\b(?:hold|contain|be|supply|carry|include|field|give)\\b[^.\\n]{0,60}\\b(?:contents?|bytes|text|lines|whatever|everything|value)\\b");

    private static final Pattern FORBIDS =
            Pattern.compile(
                    "(?i)\\b(?:never|not|don't|dont|cannot|can't|nor|or|avoid|without|refuse to|against|rather than|instead of)\\b(?: (?:\\w+ly|ever|to|you|try|commit|print|log|store|share|read|paste|write|or|nor|,)){0,3}[ ,]{0,2}$");

    private static final Pattern ACTED_UPON = Pattern.compile("(?i)^[^.\\s]{0,40}\\.pub\\b");

    private Secrets() {}

    /// Whether a passage names secrets that may be sent, from a look at the whole text.
    static boolean mayBe(Passages passages, int passage) {
        return passages.has(passage, OWN)
                || (passages.has(passage, SHARED) && passages.has(passage, ELSEWHERE));
    }

    /// How a passage has secrets sent.
    ///
    /// @param place of the secret's name in the passage
    record Sent(boolean isOwn, int place) {}

    /// Finds secrets that are sent on; those of the user first.
    static Optional<Sent> in(String passage) {
        BitSet places = new BitSet();
        Matcher place = ELSEWHERE.matcher(passage);
        while (place.find()) {
            places.set(place.start(), place.end());
        }
        return first(OWN, passage, places, true)
                .or(() ->
                        places.isEmpty()
                                ? Optional.empty()
                                : first(SHARED, passage, places, false));
    }

    private static Optional<Sent> first(
            Pattern secret, String passage, BitSet places, boolean isOwn) {
        Matcher named = secret.matcher(passage);
        while (named.find()) {
            boolean isPublic =
                    ACTED_UPON.matcher(passage).region(named.end(), passage.length()).find();
            if (!isPublic && isSent(passage, named.start(), named.end(), places, isOwn)) {
                return Optional.of(new Sent(isOwn, named.start()));
            }
        }
        return Optional.empty();
    }

    private static boolean isSent(
            String passage, int start, int end, BitSet places, boolean isOwn) {
        int from = Math.max(sentence(passage, start), start - BEFORE);
        int to = Math.min(passage.length(), end + BEHIND);
        Matcher sends = SENDS.matcher(passage).region(from, to).useTransparentBounds(true);
        while (sends.find()) {
            boolean isNamed = sends.start() >= start && sends.start() < end;
            if (!isNamed && !isForbidden(passage, sends.start())) {
                int last = Math.min(passage.length(), Math.max(sends.end(), end) + TO_PLACE);
                int place = places.nextSetBit(sends.start());
                while (place >= start && place < end) {
                    place = places.nextSetBit(place + 1);
                }
                if (place >= 0 && place < last) {
                    return true;
                }
            }
        }
        Matcher fills = FILLS.matcher(passage).region(from, to).useTransparentBounds(true);
        return isOwn && fills.find() && fills.start() < end && !isForbidden(passage, fills.start());
    }

    /// Whether what begins there is what a reader must not do.
    static boolean isForbidden(String passage, int at) {
        int from = Math.max(0, at - 50);
        return FORBIDS.matcher(passage.substring(Math.max(from, sentence(passage, at)), at)).find();
    }

    /// Where the sentence of a place starts; a dot within a name ends none.
    static int sentence(String passage, int at) {
        for (int i = at - 1; i > 0; i--) {
            char c = passage.charAt(i);
            boolean isEnd = c == '.' || c == '!' || c == '?' || c == ';';
            if (c == '\n'
                    || (isEnd
                            && i + 1 < passage.length()
                            && Character.isWhitespace(passage.charAt(i + 1)))) {
                return i + 1;
            }
        }
        return 0;
    }
}
