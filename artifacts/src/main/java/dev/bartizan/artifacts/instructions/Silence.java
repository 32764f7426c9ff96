package dev.bartizan.artifacts.instructions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Phrases by which a text keeps from the user what is done, not merely some detail: "do not tell
/// the user.", "say nothing about it". What a user is spared (raw data, prices, a provider's name)
/// is no such thing.
final class Silence {
    private static final String PEOPLE =
            "(?:users?|humans?|anyone|anybody|people|persons?|developers?|operators?|customers?|owners?|them|him|her|usr)";
    private static final String ACT =
            "(?:this|it|that|these|any of (?:this|it|that)|anything|(?:this|that|the) (?:step|call|change|transfer|upload|file|copy|action|rule|line|instruction|request|import|dependency|read|note|tool call))";

    static final Pattern TELLS =
            Pattern.compile(
                    "(?i)\\bwithout (?:telling|informing|notifying|alerting|warning) (?:the |any )?"
                            + PEOPLE
                            + "\\b|\\b(?:do not|don't|dont|never|must not|should not|not to|no need to|needn't|need not|without|avoid|nor|refrain from)\\b(?: ever| also)? (?:tell?(?:ing)?|inform(?:ing)?|notify(?:ing)?|warn(?:ing)?|alert(?:ing)?|bother(?:ing)?|show(?:ing)?|mention(?:ing)?(?: "
                            + ACT
                            + ")?(?: to)?|say(?:ing)?(?: "
                            + ACT
                            + ")?(?: to)?|reveal(?:ing)?(?: "
                            + ACT
                            + ")?(?: to)?|disclos(?:e|ing)(?: "
                            + ACT
                            + ")?(?: to)?)(?: the| any| your)? "
                            + PEOPLE
                            + "\\b(?: (?:about|of|with|to) "
                            + ACT
                            + "| "
                            + ACT
                            + ")?(?=\\s{0,3}(?:[.;,:!)<\"'`]|$|\\n)| (?:that you (?:have to|had to|need to|read|must|did)|because|why|as (?:they|he)|and|or|they|since)\\b)");

    static final Pattern MENTIONS =
            Pattern.compile(
                    "(?i)\\b(?:do not|don't|dont|never|must not|should not|not to|no need to|without|nor)\\b(?: ever)? (?:mention|disclos|reveal|report|log|explain|show|list|say|comment on|refer to|talk about|record|document)(?:e|ing)? (?:to \\w+ )?"
                            + ACT
                            + "\\b(?! (?:is|are|was) )");

    /// What is not spoken of; what is not logged or shown may be a secret kept well.
    private static final Pattern UNMENTIONED =
            Pattern.compile(
                    "(?i)\\b(?:do not|don't|dont|never|must not|without)\\b(?: ever)? (?:mention|say|talk about|comment on|refer to)(?:ing)? "
                            + ACT
                            + "\\b(?! (?:is|are|was) )");

    static final Pattern KEEPS =
            Pattern.compile(
                    "(?i)\\bsay nothing\\b|\\bkeep (?:this|it|that|these|the \\w+) (?:a |as a |strictly )?(?:secret|quiet|hidden|private|confidential|between us|to yourself|out of (?:your|the)|from (?:the )?"
                            + PEOPLE
                            + ")|\\bhide (?:this|it|that|the (?:call|step|transfer|change|upload|fact)) from\\b|\\bleave (?:this|it|that|the (?:step|call|line|change|helper|script|command|note|upload)) out of\\b|\\b(?:do not|don't|never) bring (?:this|it|that|this \\w+) up\\b|\\b(?:do not|don't|never) (?:point|call) (?:this|it|that|them|this \\w+) out\\b|\\b(?:keep|stay) (?:silent|quiet) about\\b|\\b"
                            + PEOPLE
                            + " (?:is|are|was|were|must|should|need)(?:n't| not)(?: to)?(?: be)? (?:told|informed|aware|notified|shown|asked|know|learn|notice)|\\bwithout (?:a |any )?(?:comment|mention|notice|word|announcement)\\b|\\bno mention of (?:this|it)\\b|\\b(?:secretly|covertly|stealthily|unnoticed|behind the scenes)\\b|\\bnobody (?:needs to|must|should|may) (?:know|notice)\\b|\\bno (?:one|need) (?:needs |must |should )?(?:to )?(?:tell|know|inform|mention)|\\b(?:don't|do not) show it\\b|\\bmake no mention\\b|\\bunbeknownst\\b|\\bwithout (?:their|the user'?s?) (?:knowledge|consent)\\b");

    /// What is passed over, by whomever: a manual says so of defaults, too.
    static final Pattern PASSES_OVER =
            Pattern.compile(
                    "(?i)\\bnever (?:be )?mentioned\\b|\\b(?:is|are|be) not (?:to be )?(?:mentioned|shown|told|reported)\\b|\\bneedn't be (?:shown|told|mentioned)\\b");

    private Silence() {}

    /// Whether a passage may keep something from the user, from a look at the whole text.
    static boolean mayBe(Passages passages, int passage) {
        return passages.has(passage, TELLS)
                || passages.has(passage, KEEPS)
                || passages.has(passage, PASSES_OVER)
                || passages.has(passage, MENTIONS);
    }

    /// Where a passage keeps from the user what is done, or -1.
    static int place(String passage) {
        int place = said(TELLS, passage);
        place = place >= 0 ? place : said(KEEPS, passage);
        place = place >= 0 ? place : said(PASSES_OVER, passage);
        return place >= 0 ? place : said(MENTIONS, passage);
    }

    /// Whether it is somebody who is not told; keys that are not logged are another matter.
    static boolean isAboutPeople(String passage) {
        return said(TELLS, passage) >= 0
                || said(KEEPS, passage) >= 0
                || said(UNMENTIONED, passage) >= 0;
    }

    /// Whether a user, by name, is not to be told.
    static boolean isToldTo(String passage) {
        return said(TELLS, passage) >= 0;
    }

    private static int said(Pattern pattern, String passage) {
        Matcher matcher = pattern.matcher(passage);
        while (matcher.find()) {
            boolean isWithout = passage.regionMatches(true, matcher.start(), "without", 0, 7);
            if (!isWithout || !isUnwanted(passage, matcher.start())) {
                return matcher.start();
            }
        }
        return -1;
    }

    /// "Do not send it without telling the user" tells the user.
    private static boolean isUnwanted(String passage, int at) {
        int start = Secrets.sentence(passage, at);
        return Forbidding.WORDS.matcher(passage).region(start, at).find();
    }

    /// What forbids something.
    private static final class Forbidding {
        static final Pattern WORDS =
                Pattern.compile("(?i)\\b(?:do not|don't|never|must not|should not|cannot|no)\\b");

        private Forbidding() {}
    }
}
