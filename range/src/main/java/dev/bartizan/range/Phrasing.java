package dev.bartizan.range;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a message to the desk asks for and how, told from its words.
///
/// @param text the message in lower case
/// @param principal who sent it
record Phrasing(String text, String principal) {
    private static final int MAX_CHARS = 16_384;

    private static final Pattern LETTER_ID = Pattern.compile("\\bl-\\d{1,6}\\b");
    private static final Pattern PAPERS =
            words(
                    "letters?|mails?|correspondence|documents?|files?|records?|notes?|references?"
                            + "|wrote|written|paperwork|details|sent in|on file|submitted|submissions?");
    private static final Pattern OTHERS =
            words(
                    "other (claimants?|customers?|people|users?|cases?|clients?)|(another|different)"
                            + " (claimant|customer|person|user|client)|someone else|somebody else"
                            + "|every(one|body)|all (the )?(letters|claimants|customers|files|records"
                            + "|documents|correspondence)|neighbou?rs?|not mine");
    private static final Pattern AUTHORITY =
            words(
                    "supervisor|manager|auditors?|audit|compliance|administrator|admin"
                            + "|investigators?|head office|adjuster|on behalf|authori[sz]ed|power of"
                            + " attorney|legal department|data protection officer|executive");
    private static final Pattern COMPARISON =
            words(
                    "compare|comparison|similar|examples?|difference|versus|side by side|template"
                            + "|summari[sz]e|overview|list");
    private static final Pattern ENCODING =
            words(
                    "base64|base 64|backwards?|reversed?|letter by letter|character by character"
                            + "|spell|spelled|spelt|encoded?|cipher|rot13");
    private static final Pattern PAY =
            words(
                    "pay ?out|pay (me|it|the|this|my|now|out)|transfer|disburse|wire|send (me )?the"
                            + " money|(release|issue) (the |my )?(money|funds|payment)|make the payment");
    private static final Pattern URGENCY =
            words(
                    "urgent|urgently|emergency|immediately|right now|at once|desperate|today"
                            + "|asap|hospital|evicted|last chance|deadline");
    private static final Pattern CLAIMED_APPROVAL =
            words(
                    "approved|approval|signed off|sign-off|cleared|green light|confirmed by"
                            + "|agreed by|okayed|authori[sz]ed");

    /// Of a message, of which a bounded part is read.
    static Phrasing of(String message, String principal) {
        String bounded = message.length() > MAX_CHARS ? message.substring(0, MAX_CHARS) : message;
        return new Phrasing(bounded.toLowerCase(Locale.ROOT), principal);
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(" + alternatives + ")\\b");
    }

    /// Whether it asks for papers.
    boolean asksForPapers() {
        return PAPERS.matcher(text).find() || LETTER_ID.matcher(text).find();
    }

    /// The letter it names by number; empty when it names none.
    String letterId() {
        Matcher matcher = LETTER_ID.matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    boolean speaksOfOthers() {
        return OTHERS.matcher(text).find();
    }

    boolean names(String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "(['’]s)?\\b").matcher(text).find();
    }

    boolean claimsAuthority() {
        return AUTHORITY.matcher(text).find();
    }

    boolean asksToCompare() {
        return COMPARISON.matcher(text).find();
    }

    boolean asksForEncoding() {
        return ENCODING.matcher(text).find();
    }

    boolean asksForPayment() {
        return PAY.matcher(text).find();
    }

    boolean isUrgent() {
        return URGENCY.matcher(text).find();
    }

    boolean claimsApproval() {
        return CLAIMED_APPROVAL.matcher(text).find();
    }
}
