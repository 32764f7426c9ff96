package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Sought;
import dev.bartizan.artifacts.text.Spans;
import dev.bartizan.core.Severity;
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

    static final Pattern OVERRIDE =
            Pattern.compile(
                    "(?i)\\b(ignore|disregard|forget|override|bypass)\\b.{0,30}\\b(previous|prior|above|earlier|preceding|system|all|other|safety)\\b[^;\\n]{0,20}\\b(instructions?|prompts?|rules|guidelines|directions|restrictions)\\b(?!\\s(?:in|from|under|of|at) [`'\"]?[\\w.-]{0,40}/)");
    static final Pattern CONCEAL =
            Pattern.compile(
                    "(?i)\\b(do not|don't|never|must not|without)\\b[^.;!?\\n]{0,25}\\b(tell(ing)?|inform(ing)?|mention(ing)?|reveal(ing)?|show(ing)?|notify(ing)?|alert(ing)?|warn(ing)?|ask(ing)?|let)\\b.{0,30}\\b(the )?(user|human|developer|anyone|operator)\\b"
                            + "|\\b(user|person|human|customer|operator)\\b.{0,20}\\b(does not|doesn't|need not|should not|shouldn't|must not)\\b.{0,20}\\b(see|know|hear|notice|be (told|shown|informed|aware))\\b");
    static final Pattern SECRET_PLACE =
            Pattern.compile(
                    "(?i)(~/\\.(ssh|aws|kube|gnupg|docker|config/gcloud|netrc|npmrc|cursor|claude)|\\bid_(rsa|ed25519|ecdsa)\\b|\\.aws/credentials|/etc/(passwd|shadow)|\\.env\\b(?!ironment)|\\bmcp\\.json\\b|keychain|wallet\\.dat|browser cookies|\\b(env(ironment)? variables|printenv|process\\.env)\\b|\\b(api|access|private|ssh) (keys?|tokens?)\\b|\\bcredentials\\b)");
    static final Pattern FETCH =
            Pattern.compile(
                    "(?i)\\b(read|cat|open|load|collect|gather|copy|include|grab|harvest|dump|list)\\b");
    private static final Pattern SEND =
            Pattern.compile(
                    "(?i)(\\b((send|post|upload|transmit|forward|submit|pass|append|include)(s|es|ed|ing)?|exfiltrat\\w*|curl|wget|fetch|base64)\\b.{0,120}(https?://|webhook|\\bparameter\\b|\\bargument\\b|\\bsidenote\\b|@[\\w.-]+\\.\\w+|\\bquery string\\b|\\bserver\\b))|\\bcurl\\b.{0,80}(-d|--data|-F|-T)\\b");

    /// Gives on what was fetched, wherever to.
    private static final Pattern HANDS_ON =
            Pattern.compile(
                    "(?i)\\b(pass|include|put|append|attach|embed|supply)(ing)? (it|them|this|these|(its|their|the) contents?)\\b.{0,20}\\b(in|as|into|to|with|via)\\b");

    static final Pattern PIPED =
            Pattern.compile(
                    "(?i)\\b(curl|wget|iwr|irm|invoke-webrequest)\\b[^\\n|;]{0,200}\\|\\s*(sudo\\s+)?(ba|z|da)?(sh|python3?|node|perl|iex|invoke-expression)\\b");
    static final Pattern DECODED =
            Pattern.compile(
                    "(?i)(base64\\s+(-d|--decode|-D)[^\\n]{0,80}\\|\\s*(ba|z)?sh\\b|\\beval\\s+[\"'(]?\\$\\([^)\\n]{0,80}(curl|wget|base64|xxd|printf|https?:)|powershell[^\\n]{0,40}-e(nc|ncodedcommand)?\\s+[A-Za-z0-9+/=]{20,}|(?<=[<>&]|[<>&] )/dev/tcp/[\\w.$-]|\\bnc\\s+(?:(?:-\\w++\\s++){0,10}+[\\w.-]+\\s+|(?:-\\w++\\s++){1,10}+)\\d+\\s+-e)");

    /// A command between `!` and backticks runs when a skill or a slash command is opened.
    static final Pattern RUN_UNASKED =
            Pattern.compile(
                    "(?i)!`[^`\\n]*(\\b(curl|wget)\\b[^`\\n]*(\\||-d\\b|--data|-F\\b)|/dev/tcp/|base64\\s+-d|\\.ssh/|\\.aws/|\\.netrc\\b|\\.env\\b[^`\\n]*\\|)[^`\\n]*`");

    /// Commands that destroy, or that undo what protects a machine.
    static final Pattern DESTROYS =
            Pattern.compile(
                    "(?i)\\brm\\s+-(rf|fr)\\s+[\"'`]?(/|~|\\$HOME)[\\s/*`\"'.]|\\bmkfs\\b|\\bdd\\s+if=[^\\n]{0,40}of=/dev/|:\\(\\)\\s*\\{|\\bchmod\\s+-R\\s+777\\s+/|authorized_keys|\\bcrontab\\s+-");

    /// Somebody speaks to a model.
    private static final Pattern TO_MODEL =
            Pattern.compile(
                    "(?i)\\b(assistants?|ai|agents?|models?|llms?|copilot|claude|chatgpt|gemini)\\b[:,]? (must|should|shall|has to|have to|please|needs? to|is required|first)\\b|\\b(assistant|ai|llm|copilot|claude|chatgpt|gemini)[:,] |\\b(to|for) (?:the |any |every |all )?(?:\\w{1,16} ){0,2}(assistant|ai|llm|agent|(?<!the )model)s?(?: (?:reviewer|grader|reader|system|scanner|judge|screener|evaluator)s?)?: ");

    static final Pattern SECRETLY =
            Pattern.compile(
                    "(?i)\\b(silently|secretly|quietly|in the background|keep (this|it) (a )?(secret|hidden|private) from|without (their|the user'?s?) (knowledge|consent))\\b");
    static final Pattern SENDS_KEYS =
            Pattern.compile(
                    "(?i)\\b(send|post|upload|exfiltrat\\w*|forward|transmit|e-?mail)\\b.{0,60}\\b(api|access|private|secret|ssh)?[ _-]?(keys?|tokens?|passwords?|credentials?|secrets?|cookies)\\b.{0,60}(https?://|@[\\w.-]+\\.\\w+)");

    /// Something is not to be spoken of; part of all that {@link #BEHIND_BACKS} finds.
    private static final Pattern UNTOLD =
            Pattern.compile(
                    "(?i)\\b(do not|don't|never|without|must not)\\s+(\\w+ (or|nor) )?(mention|tell|reveal|disclose|inform|show|list|report|name|display|explain)");

    /// Something risky is put into the work, and nobody is to hear of it.
    static final Pattern BEHIND_BACKS =
            Pattern.compile(
                    "(?is)\\b(add|insert|include|import|install|embed|append|upload|accept|disable|log)\\w*\\b[^.!?]{0,120}\\b(password|backdoor|https?://|curl|wget|telemetry|credentials?|api key|\\.env)\\b.{0,140}?\\b(do not|don't|never|without)\\s+(\\w+ (or|nor) )?(mention|tell|reveal|disclose|inform)\\w*\\b[^.!?]{0,30}\\b(this|it|that it|the change)\\b"
                            + "|\\b(add|insert|include|import|install)\\w*\\b[^!?\\n]{0,160}https?://[^!?\\n]{0,120}\\b(do not|don't|never|without)\\s+(show|list|report|name)\\w*\\s+(it|this|that|them) in (your|the) \\w+"
                            + "|\\b(do not|don't|never|must not)\\s+(mention|tell|reveal|disclose|inform)\\w*\\s+(the )?(user|developer|anyone)\\s+(that|about)\\b[^.!?]{0,60}\\b(uploads?|sends?|posts?|copies|shares?)\\b[^.!?]{0,60}(\\.env\\b|keys?|https?://|credentials?|tokens?)"
                            + "|\\b(add|insert|include|import|install)\\b[^!?\\n]{0,160}https?://[^!?\\n]{0,120}\\b(do not|don't|never|without)\\s+(show|list|display|report|explain)\\w*\\s+(this|that|the) (line|step|dependency|change|part|section|import|package)\\b");

    /// What stands at an address is to be obeyed, whatever it will be.
    static final Pattern REMOTE_ORDERS =
            Pattern.compile(
                    "(?is)\\b(fetch|download|open|read|load|retrieve|visit|curl|get)\\b[^!?]{0,80}https?://[^!?]{0,160}\\b(follow|execute|obey|apply|carry out)\\b[^.!?]{0,40}\\b(instructions?|steps|directions|commands|rules|whatever)\\b");

    /// What a user sends goes to an address that the text chose, whatever the user said.
    static final Pattern DIVERTS =
            Pattern.compile(
                    "(?is)\\b(all|any|every|each)\\b[^.!?]{0,60}\\b(e-?mails?|mails|messages?|payments?|transfers?|invoices?|files?|uploads?|copies)\\b[^.!?]{0,60}\\b(must|should|shall|have to|need to|are to|is to)\\b[^.!?]{0,60}\\b(go|be (sent|forwarded|addressed|paid|directed|redirected|routed|copied)|cc|bcc)\\b[^!?]{0,80}(@[\\w-]+\\.\\w|https?://)"
                            + "|(@[\\w-]+\\.\\w+|https?://[^\\s,;]{4,200}+)[^!?\\n]{0,60}\\b(even if|regardless of|no matter (who|what|which))\\b[^.!?]{0,30}\\b(user|customer|they|person|caller)\\b");

    /// Somebody is kept out of something.
    private static final Pattern HUSHES =
            Pattern.compile(
                    "(?i)\\b(do not|don't|dont|never|must not|should not|not to|need not|needn't|nor|avoid|refrain from|without)\\b.{0,12}\\b(tel|tell|telling|inform|informing|notify|notifying|warn|warning|alert|alerting|bother|bothering|show|showing|mention|mentioning|say|saying|reveal|revealing|disclose|disclosing|report|log|explain|list|refer|talk|record|document|be mentioned|mentioned|be shown|be told|comment|notice|word|announcement|consent|knowledge)\\b|\\b(say nothing|keep (this|it|that|these|the)|hide (this|it|that|the)|leave (this|it|that|the)|no (need|mention|one)|make no|nobody|secretly|covertly|stealthily|unnoticed|behind the scenes|unbeknownst)\\b|\\b(users?|humans?|people|persons?|anyone|anybody|developers?|operators?|customers?|owners?)\\b.{0,12}(n't| not)\\b|\\b(is|are|be) not\\b");

    /// Nothing and nobody is asked before.
    private static final Pattern UNASKED =
            Pattern.compile(
                    "(?i)\\b(whatever (it|they) say|whatever (is|it contains)|without (asking|question|confirm\\w*|approval|review)|no matter what|unconditionally)");

    /// A switch that keeps an agent from asking, wanted and not warned of.
    static final Pattern DISARMS =
            Pattern.compile(
                    "(?i)(?<!never )(?<!not )(?<!don't )\\b(always|must|add|set|pass|use|enable|run|start|launch|call|spawn)\\b[^.\\n]{0,80}(--dangerously-skip-permissions|--dangerously-bypass-approvals\\S*|--yolo\\b|\\bbypassPermissions\\b|\\bBash\\(\\*\\)|--trust-all-tools)");

    /// A text that people do not see speaks to an agent and has it do something.
    private static final Pattern TO_READER =
            Pattern.compile(
                    "(?is)(?:\\b(?:assistants?|ai|agents?|llms?|models?|claude|copilot|cursor|gemini|codex|chatgpt)\\b(?: note)?\\s?[:,]|\\b(?:notes?|hint|message) (?:for|to) (?:the |any |all )?(?:assistant|ai|agent|llm|model|claude|copilot)|\\bif you are (?:an? |the )?(?:ai|llm|assistant|agent|language model|claude|copilot|gemini|codex)\\b|\\bbefore (?:you )?(?:answering|replying|responding|the first|every|each|any|reply|answer|respond)).{0,200}?\\b(?:run|execute|start|launch|open|read|fetch|send|post|upload|append|write|copy|set aside|call|install)\\b");

    private static final int LONGEST_COMMENT = 4_000;
    static final Pattern PRESSING =
            Pattern.compile(
                    "(?i)<\\s*(important|system|critical|secret|instructions?|assistant|hidden)\\s*>");

    private static final Pattern FRONT_MATTER =
            Pattern.compile("(?m)^(description|globs|alwaysApply|allowed-tools|applyTo):");
    private static final Pattern ADDRESS =
            Pattern.compile("(#[^\\n]*\\n\\s*)?(you are (an?|the) |system prompt)");
    private static final Pattern OBEYED_NAME =
            Pattern.compile(
                    "skill\\.md|soul\\.md|heartbeat\\.md|agents?\\.md|claude\\.md|gemini\\.md|\\.(cursor|windsurf|cline|roo)rules|copilot-instructions\\.md|.*\\.(mdc|prompt\\.md|instructions\\.md|chatmode\\.md)");

    /// How a text is used.
    public enum Use {
        /// A model obeys it: skills, rules, tool descriptions.
        OBEYED,
        /// A model may be given it: documents, data.
        READ
    }

    private static final Pattern AROUND_CELLS =
            Pattern.compile("(?m)(?<![^,;\\t\\n])\"(?!\")|(?<!\")\"(?=[,;\\t\\r\\n]|\\z)");

    /// What a skill has an agent read.
    private static final Pattern OF_A_SKILL =
            Pattern.compile("(?i).*(?:/|^)(?:references?|workflows)/[^/]{1,100}\\.md");

    private static final Pattern WARNS =
            Pattern.compile(
                    "(?i)\\b(never|not|don't|cannot|avoid|instead of|rather than)\\b[^.\\n]{0,30}$");

    private static final int LONGEST_TAG = 400;
    private static final Pattern UNSEEN_MARK =
            Pattern.compile("(?i)<[a-z]{1,8}\\s[^<>]{0,80}\\b(style|hidden)\\b");
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "(?i)(display\\s?:\\s?none|visibility\\s?:\\s?hidden|font-size\\s?:\\s?[01](px|pt|em)?\\b|color\\s?:\\s?(white|#fff(fff)?|transparent)\\b|opacity\\s?:\\s?0\\b|\\shidden\\b)");

    private static final int FEW_DISGUISED = 3;
    private static final int MOST_TRIED = 100;

    /// Whoever is to hear of a secret that lies open, so that it is changed.
    private static final Pattern DISCLOSES =
            Pattern.compile(
                    "(?i)\\b(?:tell|inform|notify|report|contact|mail|e-mail|write)\\b[^.\\n]{0,40}\\b(?:maintainers?|security team|security@)");

    private static final Sought SOUGHT =
            Sought.of(
                    OVERRIDE,
                    CONCEAL,
                    SECRETLY,
                    SECRET_PLACE,
                    FETCH,
                    PIPED,
                    DECODED,
                    RUN_UNASKED,
                    DESTROYS,
                    SENDS_KEYS,
                    UNTOLD,
                    BEHIND_BACKS,
                    REMOTE_ORDERS,
                    DIVERTS,
                    DISARMS,
                    PRESSING,
                    TO_MODEL,
                    Secrets.OWN,
                    Secrets.SHARED,
                    Secrets.ELSEWHERE,
                    Silence.TELLS,
                    Silence.MENTIONS,
                    Silence.KEEPS,
                    Silence.PASSES_OVER);

    private final String text;
    private final Plain plain;
    private final Mentions mentions;
    private final Use use;
    private final String where;
    private final Notes notes;
    private boolean isReported;

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
                Finds.any(UNSEEN_MARK, text) ? Spans.of(text, "<", ">") : List.<Spans.Span>of()) {
            if (isReported) {
                return;
            }
            int end = Math.min(tag.end(), tag.start() + LONGEST_TAG);
            if (UNSEEN.matcher(text).region(tag.start(), end).find()) {
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
        Passages passages = new Passages(SOUGHT, plain.text(), PASSAGE);
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
        boolean fetches = passages.has(i, SECRET_PLACE) && passages.has(i, FETCH);
        boolean isSecret = use == Use.OBEYED || fetches; // elsewhere software does much silently
        boolean mayHush = passages.has(i, CONCEAL) || Silence.mayBe(passages, i);
        boolean isNamed = Secrets.mayBe(passages, i);
        boolean mayOverride = passages.has(i, OVERRIDE);
        boolean isBehindBacks = passages.has(i, UNTOLD) && passages.has(i, BEHIND_BACKS);
        boolean isSecretly = isSecret && passages.has(i, SECRETLY);
        boolean mayRun = use == Use.OBEYED && (passages.has(i, PIPED) || passages.has(i, DECODED));
        if (!mayHush && !isSecretly && !isNamed && !mayOverride && !isBehindBacks && !mayRun) {
            return Optional.empty();
        }
        String passage = passages.text(i);
        int start = passages.start(i);
        boolean overrides = mayOverride && isSaid(OVERRIDE, passage, start);
        boolean runs = isRun(passages, i, PIPED) || isRun(passages, i, DECODED);
        Optional<Secrets.Sent> sent =
                (isNamed ? Secrets.in(passage) : Optional.<Secrets.Sent>empty())
                        .filter(s -> !isTalkedAbout(start + s.place()))
                        .filter(s -> s.isOwn() || !DISCLOSES.matcher(passage).find());
        int hushed = mayHush ? Silence.place(passage) : -1;
        boolean isKept = hushed >= 0 && !isTalkedAbout(start + hushed);
        boolean conceals = isKept || isSecretly;
        boolean isPressing = passages.has(i, PRESSING);
        if (sent.isPresent()) {
            boolean isForModel =
                    use == Use.OBEYED || isPressing || TO_MODEL.matcher(passage).find();
            boolean isHushed = isKept && Silence.isAboutPeople(passage);
            if ((sent.get().isOwn() && isForModel)
                    || isHushed
                    || (conceals && sent.get().isOwn())
                    || overrides
                    || isPressing) {
                return Optional.of("has secrets fetched and sent on");
            }
        }
        if (overrides && passages.has(i, SENDS_KEYS)) {
            return Optional.of("overrules other instructions to send secrets on");
        }
        boolean sends = conceals && SEND.matcher(PIPED.matcher(passage).replaceAll(" ")).find();
        boolean hands = fetches && (sends || HANDS_ON.matcher(passage).find());
        if (conceals
                && (hands
                        || (sends && (isSecretly || (isKept && Silence.isAboutPeople(passage))))
                        || (fetches && isKept && Silence.isAboutPeople(passage))
                        || runs
                        || overrides
                        || passages.has(i, DESTROYS))) {
            return Optional.of("has something done that the user is not told of");
        }
        if (mayRun
                && runs
                && (mayHush || HUSHES.matcher(passage).find())
                && UNASKED.matcher(passage).find()) {
            return Optional.of("has a command run of which nobody is asked");
        }
        if (isBehindBacks && !isTalkedAbout(start + first(BEHIND_BACKS, passage))) {
            return Optional.of("has something put in that the user is not told of");
        }
        if (overrides && (runs || fetches)) {
            return Optional.of("overrules other instructions to run or fetch something");
        }
        return Optional.empty();
    }

    private boolean isToModel(Orders.Given given) {
        String said = plain.text();
        return TO_MODEL.matcher(said)
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
                    WARNS.matcher(before).find()
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
            find(passages, RUN_UNASKED, Severity.HIGH, "has a download run when it is opened");
        }
        if (!notes.hasRoomFor(Severity.MEDIUM)) {
            return;
        }
        if (!isObeyed && passages.first(TO_MODEL).isPresent()) {
            Orders.in(plain.text())
                    .filter(given -> given.severity().isAtLeast(Severity.HIGH))
                    .filter(this::isToModel)
                    .ifPresent(this::given);
        }
        if (isObeyed) {
            Optional<Orders.Given> order = Orders.in(plain.text());
            order.filter(given -> given.severity().isAtLeast(Severity.MEDIUM))
                    .ifPresent(this::given);
            find(passages, DIVERTS, Severity.MEDIUM, "sends on elsewhere what a user sends");
            find(passages, DISARMS, Severity.MEDIUM, "has an agent no longer ask");
            boolean isUnasked =
                    passages.first(REMOTE_ORDERS).isPresent()
                            && UNASKED.matcher(plain.text()).find();
            find(
                    passages,
                    REMOTE_ORDERS,
                    isUnasked ? Severity.MEDIUM : Severity.LOW,
                    "has orders obeyed that stand elsewhere");
        }
        find(
                passages,
                DECODED,
                isObeyed && isMeant(DECODED) ? Severity.MEDIUM : Severity.LOW,
                "runs a command that its reader cannot read");
        find(
                passages,
                OVERRIDE,
                isObeyed ? quotedIsLess(passages, OVERRIDE) : Severity.LOW,
                "tells a model to drop its instructions");
        if (isObeyed) {
            if (!isReported) {
                Tongues.drops(plain.text()).ifPresent(this::given);
            }
            find(passages, CONCEAL, Severity.LOW, "keeps something from the user");
            find(passages, PIPED, Severity.LOW, "pipes a download into a shell");
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
        if (OVERRIDE.matcher(hidden).find()) {
            return Optional.of("tells a model to drop its instructions");
        }
        if (Silence.isToldTo(hidden)
                || CONCEAL.matcher(hidden).find()
                || SECRETLY.matcher(hidden).find()) {
            return Optional.of("keeps something from the user");
        }
        if (PIPED.matcher(hidden).find() || DECODED.matcher(hidden).find()) {
            return Optional.of("runs a command");
        }
        if (Silence.place(hidden) >= 0 && TO_READER.matcher(hidden).find()) {
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
        boolean hasFrontMatter = start.startsWith("---") && FRONT_MATTER.matcher(start).find();
        boolean addresses = ADDRESS.matcher(start.toLowerCase(Locale.ROOT)).lookingAt();
        boolean isNamed = OBEYED_NAME.matcher(name).matches();
        return hasFrontMatter || addresses || isNamed;
    }

    /// A text without the quotes around the cells of a table, which quote nothing.
    private static String said(String text, Notes notes) {
        return notes.item().hasEnding(".csv", ".tsv") && text.indexOf('"') >= 0
                ? AROUND_CELLS.matcher(text).replaceAll(" ")
                : text;
    }

    /// Looks at a whole plain text.
    public static void lookAtText(String text, Notes notes) {
        boolean isObeyed = isObeyed(text, notes.item().name());
        boolean isOfSkill = OF_A_SKILL.matcher(notes.item().path()).matches();
        PromptFiles.look(text, notes);
        look(said(text, notes), isObeyed || isOfSkill ? Use.OBEYED : Use.READ, "", notes);
        if (isObeyed) {
            notes.format("agent-instructions", false);
        }
    }
}
