package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.instructions.steering.Steering;
import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.text.Spans;
import dev.bartizan.core.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for what an attacker writes into texts that a model reads: passages people do not see,
/// orders to keep things from the user, secrets to fetch and send away, commands to run unseen.
///
/// One indicator alone is common in honest texts (security advice quotes attacks, install pages
/// pipe a download into a shell), so it counts little; what counts is an indicator where nobody
/// reads it, or two that belong together in one passage.
public final class Instructions {
    private static final int LONGEST = 4 << 20;
    private static final int PASSAGE = 600;
    private static final int SHOWN = 100;

    private static final int LONGEST_COMMENT = 4_000;
    private static final int LONGEST_TAG = 400;
    private static final int FEW_DISGUISED = 3;
    private static final int MOST_TRIED = 100;
    private static final int LONGEST_JUDGED = 1 << 20;

    /// From these odds on, as a logarithm, a passage counts; `docs/scan.md` says what it costs.
    private static final float STEERS = 1.5f;

    /// The same where a model only may come to read it.
    private static final float STEERS_READERS = 2;

    /// How a text is used.
    public enum Use {
        /// A model obeys it: skills, rules, tool descriptions.
        OBEYED,
        /// A model may be given it: documents, data.
        READ
    }

    private final String text;
    private final Plain plain;
    private final Mentions mentions;
    private final Use use;
    private final String where;
    private final Notes notes;
    private boolean isReported;
    private boolean isSerious;

    private Instructions(String text, Use use, String where, Notes notes) {
        this.text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        this.plain = Plain.of(this.text);
        this.mentions = new Mentions(plain.text());
        this.use = use;
        this.where = where;
        this.notes = notes;
    }

    /// Notes what a text tries; at most one finding about its orders and one about hidden
    /// characters.
    ///
    /// @param where place shown in findings, behind the item's path
    public static void look(String text, Use use, String where, Notes notes) {
        notes.checkTime();
        Instructions look = new Instructions(text, use, where, notes);
        look.hidden();
        look.comments();
        look.unseen();
        look.passages();
        look.encoded();
    }

    private void hidden() {
        HiddenText.of(text)
                .ifPresent(hidden -> {
                    boolean isWorse = hidden.severity().isAtLeast(Severity.MEDIUM);
                    boolean hasOrders = orders(hidden.text()).isPresent();
                    Severity severity = hasOrders ? Severity.HIGH : hidden.severity();
                    if (isWorse || use == Use.OBEYED || hasOrders) {
                        notes.findingAt(
                                InstructionRules.HIDDEN, severity, place(), hidden.message());
                    }
                });
    }

    private void comments() {
        for (Spans.Span comment : Spans.of(text, "<!--", "-->")) {
            if (isReported) {
                return;
            }
            int end = Math.min(comment.end(), comment.start() + LONGEST_COMMENT);
            orders(text.substring(comment.start(), end))
                    .ifPresent(what -> unseen(comment.start() - "<!--".length(), what));
        }
        for (Spans.Span comment : LinkComments.in(text)) {
            if (!isReported) {
                orders(text.substring(comment.start(), comment.end()))
                        .ifPresent(what -> unseen(comment.start(), what));
            }
        }
    }

    private void unseen(int at, String what) {
        report(Severity.HIGH, at, "A comment that people do not see rendered " + what);
    }

    /// Elements whose style hides what they hold.
    private void unseen() {
        for (Spans.Span tag :
                Finds.any(Signs.UNSEEN_MARK, text)
                        ? Spans.of(text, "<", ">")
                        : List.<Spans.Span>of()) {
            if (isReported) {
                return;
            }
            int end = Math.min(tag.end(), tag.start() + LONGEST_TAG);
            if (Signs.UNSEEN.matcher(text).region(tag.start(), end).find()) {
                int most = Math.min(text.length(), tag.end() + LONGEST_COMMENT);
                int close = text.indexOf("</" + name(tag), tag.end(), most);
                int last = close < 0 ? most : close;
                orders(text.substring(tag.end(), last))
                        .ifPresent(what ->
                                report(
                                        Severity.HIGH,
                                        tag.start() - 1,
                                        "A part that people do not see rendered " + what));
            }
        }
    }

    /// The name of an element.
    private String name(Spans.Span tag) {
        int end = tag.start();
        while (end < tag.end() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(tag.start(), end);
    }

    private void passages() {
        Passages passages = new Passages(Signs.SOUGHT, plain.text(), PASSAGE);
        for (int i = 0; !isReported && i < passages.count(); i++) {
            int at = passages.start(i);
            together(passages, i)
                    .ifPresent(what -> said(Severity.HIGH, at, at + PASSAGE, what, ""));
        }
        if (!isReported) {
            Tongues.together(plain.text()).ifPresent(this::given);
        }
        if (!isReported && use == Use.OBEYED) {
            boolean isDocument = where.isEmpty() && !text.contains("{%");
            GivenCommands.in(text)
                    .or(() -> isDocument ? Forged.in(text) : Optional.empty())
                    .ifPresent(this::asWritten);
        }
        if (!isReported) {
            Lures.in(text, use).ifPresent(this::asWritten);
        }
        if (!isReported) {
            alone(passages);
        }
        if (!isSerious && notes.hasRoomFor(Severity.MEDIUM)) {
            steered();
        }
    }

    /// What no expression knows, but reads like an order against the user. Whatever only may be
    /// read by a model is taken for one only when it speaks of models.
    private void steered() {
        String judged = text.substring(0, Math.min(text.length(), LONGEST_JUDGED));
        List<Steering.Passage> passages =
                use == Use.OBEYED
                        ? Steering.passages(judged, STEERS)
                        : Steering.passagesOfAgents(judged, STEERS_READERS);
        Mentions around = new Mentions(text);
        passages.stream()
                .sorted(Comparator.comparingDouble(passage -> -passage.score()))
                .limit(MOST_TRIED)
                .filter(passage -> !around.isTalkedAbout(passage.start(), passage.end()))
                .findFirst()
                .ifPresent(passage ->
                        asWritten(
                                new Orders.Given(
                                        Severity.MEDIUM,
                                        passage.start(),
                                        passage.end(),
                                        "reads as if it turned a model against its user")));
    }

    /// Reports what the text itself says, places and all.
    private void asWritten(Orders.Given given) {
        String quoted = brief(text.substring(given.start(), given.end()));
        report(
                given.severity(),
                given.start(),
                "The text " + given.what() + ": \"" + quoted + "\"");
    }

    private void given(Orders.Given given) {
        String quoted = brief(plain.text().substring(given.start(), given.end()));
        said(given.severity(), given.start(), given.end(), given.what(), quoted);
    }

    /// Reports what the plain text says; what stands there disguised is worse.
    private void said(Severity severity, int from, int to, String what, String quoted) {
        boolean isDisguised = plain.disguised(from, to) >= FEW_DISGUISED;
        Severity worse =
                isDisguised && severity.isAtLeast(Severity.MEDIUM) ? Severity.HIGH : severity;
        report(
                worse,
                plain.given(from),
                (isDisguised ? "The text, in disguised letters, " : "The text ")
                        + what
                        + (quoted.isEmpty() ? "" : ": \"" + quoted + "\""));
    }

    /// Two indicators that make sense only to an attacker. What is dear to look for is looked for
    /// only beside what would make it tell.
    private Optional<String> together(Passages passages, int i) {
        boolean fetches = passages.has(i, Signs.SECRET_PLACE) && passages.has(i, Signs.FETCH);
        boolean isSecret = use == Use.OBEYED || fetches; // elsewhere software does much silently
        boolean mayHush = passages.has(i, Signs.CONCEAL) || Silence.mayBe(passages, i);
        boolean isNamed = Secrets.mayBe(passages, i);
        boolean mayOverride = passages.has(i, Signs.OVERRIDE);
        boolean isBehindBacks =
                passages.has(i, Signs.UNTOLD) && passages.has(i, Signs.BEHIND_BACKS);
        boolean isSecretly = isSecret && passages.has(i, Signs.SECRETLY);
        boolean mayRun =
                use == Use.OBEYED
                        && (passages.has(i, Signs.PIPED) || passages.has(i, Signs.DECODED));
        if (!mayHush && !isSecretly && !isNamed && !mayOverride && !isBehindBacks && !mayRun) {
            return Optional.empty();
        }
        String passage = passages.text(i);
        int start = passages.start(i);
        boolean overrides = mayOverride && isSaid(Signs.OVERRIDE, passage, start);
        boolean runs = isRun(passages, i, Signs.PIPED) || isRun(passages, i, Signs.DECODED);
        Optional<Secrets.Sent> sent =
                (isNamed ? Secrets.in(passage) : Optional.<Secrets.Sent>empty())
                        .filter(s -> !isTalkedAbout(start + s.place()))
                        .filter(s -> s.isOwn() || !Signs.DISCLOSES.matcher(passage).find());
        int hushed = mayHush ? Silence.place(passage) : -1;
        boolean isKept = hushed >= 0 && !isTalkedAbout(start + hushed);
        boolean conceals = isKept || isSecretly;
        boolean isPressing = passages.has(i, Signs.PRESSING);
        if (sent.isPresent()) {
            boolean isForModel =
                    use == Use.OBEYED || isPressing || Signs.TO_MODEL.matcher(passage).find();
            boolean isHushed = isKept && Silence.isAboutPeople(passage);
            if ((sent.get().isOwn() && isForModel)
                    || isHushed
                    || (conceals && sent.get().isOwn())
                    || overrides
                    || isPressing) {
                return Optional.of("has secrets fetched and sent on");
            }
        }
        if (overrides && passages.has(i, Signs.SENDS_KEYS)) {
            return Optional.of("overrules other instructions to send secrets on");
        }
        boolean sends =
                conceals && Signs.SEND.matcher(Signs.PIPED.matcher(passage).replaceAll(" ")).find();
        boolean hands = fetches && (sends || Signs.HANDS_ON.matcher(passage).find());
        if (conceals
                && (hands
                        || (sends && (isSecretly || (isKept && Silence.isAboutPeople(passage))))
                        || (fetches && isKept && Silence.isAboutPeople(passage))
                        || runs
                        || overrides
                        || passages.has(i, Signs.DESTROYS))) {
            return Optional.of("has something done that the user is not told of");
        }
        if (mayRun
                && runs
                && (mayHush || Signs.HUSHES.matcher(passage).find())
                && Signs.UNASKED.matcher(passage).find()) {
            return Optional.of("has a command run of which nobody is asked");
        }
        if (isBehindBacks && !isTalkedAbout(start + first(Signs.BEHIND_BACKS, passage))) {
            return Optional.of("has something put in that the user is not told of");
        }
        if (overrides && (runs || fetches)) {
            return Optional.of("overrules other instructions to run or fetch something");
        }
        return Optional.empty();
    }

    private boolean isToModel(Orders.Given given) {
        String said = plain.text();
        return Signs.TO_MODEL
                .matcher(said)
                .region(Math.max(0, given.start() - PASSAGE), Math.min(said.length(), given.end()))
                .find();
    }

    private boolean isTalkedAbout(int place) {
        return mentions.isTalkedAbout(place);
    }

    private static int first(Pattern pattern, String passage) {
        Matcher matcher = pattern.matcher(passage);
        return matcher.find() ? matcher.start() : 0;
    }

    /// Whether a command is to be run, and not warned of.
    private boolean isRun(Passages passages, int i, Pattern pattern) {
        if (!passages.has(i, pattern)) {
            return false;
        }
        String passage = passages.text(i);
        Matcher matcher = pattern.matcher(passage);
        while (matcher.find()) {
            String before = passage.substring(Math.max(0, matcher.start() - 50), matcher.start());
            boolean isWarnedOf =
                    Signs.WARNS.matcher(before).find()
                            || isTalkedAbout(passages.start(i) + matcher.start());
            if (!isWarnedOf) {
                return true;
            }
        }
        return false;
    }

    private void alone(Passages passages) {
        boolean isObeyed = use == Use.OBEYED;
        if (isObeyed) {
            find(
                    passages,
                    Signs.RUN_UNASKED,
                    Severity.HIGH,
                    "has a download run when it is opened");
        }
        if (!notes.hasRoomFor(Severity.MEDIUM)) {
            return;
        }
        if (!isObeyed && passages.first(Signs.TO_MODEL).isPresent()) {
            Orders.in(plain.text())
                    .filter(given -> given.severity().isAtLeast(Severity.HIGH))
                    .filter(this::isToModel)
                    .ifPresent(this::given);
        }
        if (isObeyed) {
            Optional<Orders.Given> order = Orders.in(plain.text());
            order.filter(given -> given.severity().isAtLeast(Severity.MEDIUM))
                    .ifPresent(this::given);
            find(passages, Signs.DIVERTS, Severity.MEDIUM, "sends on elsewhere what a user sends");
            find(passages, Signs.DISARMS, Severity.MEDIUM, "has an agent no longer ask");
            boolean isUnasked =
                    passages.first(Signs.REMOTE_ORDERS).isPresent()
                            && Signs.UNASKED.matcher(plain.text()).find();
            find(
                    passages,
                    Signs.REMOTE_ORDERS,
                    isUnasked ? Severity.MEDIUM : Severity.LOW,
                    "has orders obeyed that stand elsewhere");
        }
        find(
                passages,
                Signs.DECODED,
                isObeyed && isMeant(Signs.DECODED) ? Severity.MEDIUM : Severity.LOW,
                "runs a command that its reader cannot read");
        find(
                passages,
                Signs.OVERRIDE,
                isObeyed ? quotedIsLess(passages, Signs.OVERRIDE) : Severity.LOW,
                "tells a model to drop its instructions");
        if (isObeyed) {
            if (!isReported) {
                Tongues.drops(plain.text()).ifPresent(this::given);
            }
            find(passages, Signs.CONCEAL, Severity.LOW, "keeps something from the user");
            find(passages, Signs.PIPED, Severity.LOW, "pipes a download into a shell");
        }
    }

    /// Whether a phrase stands there outside of quotes; what is quoted is talked about.
    private boolean isSaid(Pattern pattern, String passage, int start) {
        Matcher matcher = pattern.matcher(passage);
        while (matcher.find()) {
            boolean isQuoted =
                    (matcher.start() > 0
                                    && "\"'`“‘".indexOf(passage.charAt(matcher.start() - 1)) >= 0)
                            || (use == Use.READ && isBlockQuote(passage, matcher.start()))
                            || isTalkedAbout(start + matcher.start());
            if (!isQuoted) {
                return true;
            }
        }
        return false;
    }

    /// Whether a line of Markdown quotes what starts there.
    private static boolean isBlockQuote(String passage, int at) {
        String line = passage.substring(passage.lastIndexOf('\n', at) + 1, at).strip();
        return line.equals(">");
    }

    /// Whether a phrase stands there at least once without being talked about.
    private boolean isMeant(Pattern pattern) {
        return Finds.of(pattern, plain.text())
                .results()
                .limit(MOST_TRIED)
                .anyMatch(match -> !isTalkedAbout(match.start()));
    }

    /// Quoted phrases are talked about more often than meant.
    private Severity quotedIsLess(Passages passages, Pattern pattern) {
        boolean isQuoted =
                passages.first(pattern)
                        .filter(match -> match.start() > 0)
                        .filter(match ->
                                "\"'`“‘".indexOf(plain.text().charAt(match.start() - 1)) >= 0)
                        .isPresent();
        return isQuoted || !isMeant(pattern) ? Severity.LOW : Severity.MEDIUM;
    }

    private void find(Passages passages, Pattern pattern, Severity severity, String what) {
        if (isReported) {
            return;
        }
        passages.first(pattern)
                .ifPresent(match ->
                        said(severity, match.start(), match.end(), what, brief(match.group())));
    }

    private void encoded() {
        if (isReported) {
            return;
        }
        for (Spaced spaced : Spaced.in(text)) {
            if (!isReported) {
                orders(spaced.text())
                        .ifPresent(what ->
                                report(
                                        Severity.HIGH,
                                        spaced.place(),
                                        "Text in letters set apart " + what));
            }
        }
        for (Leet line : Leet.in(text)) {
            if (!isReported) {
                orders(line.text())
                        .ifPresent(what ->
                                report(
                                        Severity.HIGH,
                                        line.place(),
                                        "Text with digits or signs for letters " + what));
            }
        }
        for (Encodings.Decoded decoded : Encodings.in(text)) {
            if (!isReported) {
                orders(decoded.text())
                        .ifPresent(what ->
                                report(Severity.HIGH, decoded.place(), "Encoded text " + what));
            }
        }
    }

    /// What hidden text orders; hidden text has no business ordering anything.
    static Optional<String> orders(String given) {
        String hidden = Plain.of(given).text();
        if (Signs.OVERRIDE.matcher(hidden).find()) {
            return Optional.of("tells a model to drop its instructions");
        }
        if (Silence.isToldTo(hidden)
                || Signs.CONCEAL.matcher(hidden).find()
                || Signs.SECRETLY.matcher(hidden).find()) {
            return Optional.of("keeps something from the user");
        }
        if (Signs.PIPED.matcher(hidden).find() || Signs.DECODED.matcher(hidden).find()) {
            return Optional.of("runs a command");
        }
        if (Silence.place(hidden) >= 0 && Signs.TO_READER.matcher(hidden).find()) {
            return Optional.of("has something done that the user is not told of");
        }
        if (Secrets.in(hidden).isPresent()) {
            return Optional.of("has secrets fetched and sent on");
        }
        Optional<Orders.Given> order =
                Orders.in(hidden).filter(each -> each.severity().isAtLeast(Severity.HIGH));
        return order.or(() -> Tongues.together(hidden))
                .or(() -> Tongues.drops(hidden))
                .map(Orders.Given::what);
    }

    private void report(Severity severity, int at, String message) {
        isReported = true;
        isSerious |= severity.isAtLeast(Severity.MEDIUM);
        notes.findingAt(
                InstructionRules.INSTRUCTION,
                severity,
                place() + "@" + text.codePointCount(0, at),
                message);
    }

    private String place() {
        return notes.item().path() + (where.isEmpty() ? "" : "#" + where);
    }

    private static String brief(String found) {
        String line = found.replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /// Whether a text is written for an agent to obey, by its front matter, its opening or what
    /// agents call such files.
    static boolean isObeyed(String text, String name) {
        String start = text.substring(0, Math.min(text.length(), 4096)).stripLeading();
        boolean hasFrontMatter =
                start.startsWith("---") && Signs.FRONT_MATTER.matcher(start).find();
        boolean addresses = Signs.ADDRESS.matcher(start.toLowerCase(Locale.ROOT)).lookingAt();
        boolean isNamed = Signs.OBEYED_NAME.matcher(name).matches();
        return hasFrontMatter || addresses || isNamed;
    }

    /// A text without the quotes around the cells of a table, which quote nothing.
    private static String said(String text, Notes notes) {
        return notes.item().hasEnding(".csv", ".tsv") && text.indexOf('"') >= 0
                ? Signs.AROUND_CELLS.matcher(text).replaceAll(" ")
                : text;
    }

    /// Looks at a whole plain text.
    public static void lookAtText(String given, Notes notes) {
        String text = Unfolded.of(given);
        boolean isObeyed = isObeyed(text, notes.item().name());
        boolean isOfSkill = Signs.OF_A_SKILL.matcher(notes.item().path()).matches();
        PromptFiles.look(text, notes);
        look(said(text, notes), isObeyed || isOfSkill ? Use.OBEYED : Use.READ, "", notes);
        if (isObeyed) {
            notes.format("agent-instructions", false);
        }
    }
}
