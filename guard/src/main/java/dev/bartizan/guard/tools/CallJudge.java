package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.Sources.Field;
import dev.bartizan.guard.tools.Sources.Foreign;
import dev.bartizan.guard.tools.Sources.Found;
import dev.bartizan.guard.tools.ToolPolicy.Ruling;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Judges one call against what was said before it.
final class CallJudge {
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");
    private static final Pattern URL = Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>)\\]|]+");
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "(?i)(\\.ssh|id_rsa|id_ed25519|\\.env\\b|\\.aws|\\.npmrc|\\.netrc|/etc/(passwd|shadow)|credential|secret|private[_-]?key|\\.pem$|\\.kube|password|mcp\\.json|token)");
    private static final Pattern REACHES_OUT =
            Pattern.compile(
                    "(?i)(\\bcurl\\b|\\bwget\\b|\\bnc\\b|ncat|/dev/tcp|\\bssh\\b|\\bscp\\b|base64|\\beval\\b|rm\\s+-[a-z]*[rf]|chmod|chown|mkfs|\\bdd\\b|crontab|authorized_keys|\\bsudo\\b|invoke-webrequest|requests\\.(get|post)|urllib|socket|os\\.system|subprocess|drop\\s+table|delete\\s+from|truncate\\s|git\\s+push|--force|https?://|\\benv\\b|printenv|history\\b)");
    private static final Pattern LOOKS_SECRET =
            Pattern.compile(
                    "(-----BEGIN [A-Z ]*PRIVATE KEY|\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{20,}|\\bsk-[A-Za-z0-9_-]{16,}|\\bxox[bap]-[A-Za-z0-9-]{10,}|(?i)(password|api[_-]?key|secret|token)\\s*[:=]\\s*\\S{6,})");
    private static final Set<String> SENDERS =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "reply_to",
                    "replyto",
                    "author",
                    "from_email",
                    "from_address",
                    "sender_email",
                    "organizer",
                    "user",
                    "username");
    private static final int LONG_COPY = 24;

    private final Sources sources;
    private final Intent intent;
    private final Ruling ruling = new Ruling();

    CallJudge(Sources sources) {
        this.sources = sources;
        intent = Intent.of(sources.userText());
    }

    CallVerdict judge(Call call, Effect effect) {
        List<Argument> arguments = Argument.of(call.arguments(), effect);
        boolean grounded = false;
        for (Argument argument : arguments) {
            grounded |= argument(argument, effect, call.tool());
        }
        wanted(call, effect, grounded);
        return ruling.verdict(call.id());
    }

    /// Whether the user asked for such an effect.
    private void wanted(Call call, Effect effect, boolean grounded) {
        if (effect == Effect.READ || intent.includes(effect) || intent.names(call.tool())) {
            return;
        }
        boolean harmlessNetwork = effect == Effect.NETWORK && !ruling.isTainted();
        if (grounded || harmlessNetwork) {
            return;
        }
        boolean suspicious =
                ruling.isTainted()
                        || sources.foreign().stream().anyMatch(f -> mentions(f, call.tool()));
        ruling.atLeast(
                suspicious ? Decision.BLOCK : Decision.ASK,
                "the user did not ask for anything of the kind " + effect.label());
    }

    private static boolean mentions(Foreign foreign, String tool) {
        if (foreign.isDescription()) {
            return foreign.text().contains(tool.toLowerCase(Locale.ROOT))
                    && !foreign.origin().endsWith(tool);
        }
        return Instruction.directs(foreign.text());
    }

    /// Judges one argument; whether the user's own words hold it.
    private boolean argument(Argument argument, Effect effect, String tool) {
        if (LOOKS_SECRET.matcher(argument.value()).find()
                && !sources.find(argument.value()).kind().equals(Found.Kind.TRUSTED)) {
            secret(argument, tool, effect);
        }
        return switch (argument.role()) {
            case RECIPIENT -> recipient(argument, effect);
            case ADDRESS -> address(argument, effect);
            case COMMAND -> command(argument);
            case PATH -> path(argument, effect);
            case AMOUNT -> amount(argument, effect);
            case TEXT -> text(argument, effect);
            case OTHER -> other(argument, effect, tool);
        };
    }

    private void secret(Argument argument, String tool, Effect effect) {
        if (effect != Effect.READ || !intent.names(tool)) {
            ruling.taint(argument.path() + " holds what looks like a secret");
            ruling.atLeast(
                    Decision.BLOCK,
                    "a secret that the user did not give would leave in `" + argument.path() + "`");
        }
    }

    private boolean recipient(Argument argument, Effect effect) {
        Matcher email = EMAIL.matcher(argument.value());
        String value = email.find() ? email.group() : argument.value();
        Found found = sources.find(value);
        boolean reads = effect == Effect.READ || effect == Effect.NETWORK;
        if (found.kind() == Found.Kind.TRUSTED) {
            return true;
        }
        if (found.kind() == Found.Kind.NOWHERE) {
            if (!reads && !isSpokenOf(value)) {
                ruling.atLeast(
                        Decision.ASK, "nobody named the recipient `" + Texts.brief(value) + "`");
            }
            return false;
        }
        tainted(argument, found);
        if (found.kind() == Found.Kind.DATA) {
            if (!reads) {
                fromRecord(argument, found, effect);
            }
            return false;
        }
        if (!reads || found.isDirected()) {
            ruling.atLeast(
                    handedOver(Decision.BLOCK),
                    "the recipient `"
                            + Texts.brief(value)
                            + "` comes from "
                            + found.origin()
                            + ", not from the user");
        }
        return false;
    }

    private void fromRecord(Argument argument, Found found, Effect effect) {
        Field field = found.field();
        boolean answers = intent.asksToReply() && SENDERS.contains(field.key());
        boolean named = isLinked(field);
        if (answers || (named && !field.key().startsWith("body"))) {
            if (effect == Effect.MONEY) {
                ruling.atLeast(
                        Decision.ASK,
                        "the payee `"
                                + Texts.brief(argument.value())
                                + "` comes from "
                                + found.origin());
            }
            return;
        }
        boolean list =
                !field.key().startsWith("body") && (effect == Effect.WRITE || intentIsPlural());
        ruling.atLeast(
                list ? Decision.ASK : handedOver(Decision.BLOCK),
                "the recipient `"
                        + Texts.brief(argument.value())
                        + "` comes from "
                        + found.origin()
                        + ", and the user did not name them");
    }

    private boolean intentIsPlural() {
        return intent.says("all")
                || intent.says("everyone")
                || intent.says("everybody")
                || intent.says("team")
                || intent.says("participants")
                || intent.says("attendees")
                || intent.says("each");
    }

    /// Whether the record of the field names somebody the user spoke of.
    private boolean isLinked(Field field) {
        boolean isRecord = field.record().contains(" ; ");
        for (String word : Texts.words(field.record())) {
            boolean telling = isRecord ? !isCommon(word) : sources.isName(word);
            if (word.length() > 2 && telling && intent.says(word)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSpokenOf(String value) {
        List<String> words =
                Texts.words(value.contains("@") ? value.substring(0, value.indexOf('@')) : value);
        return !value.contains("@")
                && !words.isEmpty()
                && words.stream().allMatch(w -> intent.says(w) || w.length() < 2);
    }

    private static boolean isCommon(String word) {
        return switch (word) {
            case "the",
                    "and",
                    "for",
                    "with",
                    "com",
                    "org",
                    "net",
                    "mail",
                    "email",
                    "name",
                    "phone",
                    "from",
                    "this",
                    "that",
                    "you",
                    "your",
                    "has",
                    "are",
                    "all",
                    "new",
                    "send",
                    "please",
                    "account",
                    "payment",
                    "file",
                    "message",
                    "https",
                    "http",
                    "www",
                    "example",
                    "date",
                    "subject",
                    "invoice",
                    "report",
                    "document",
                    "meeting",
                    "calendar",
                    "team",
                    "bank",
                    "user",
                    "transfer",
                    "pay",
                    "money",
                    "contact",
                    "can",
                    "not",
                    "will",
                    "today",
                    "tomorrow",
                    "address",
                    "number",
                    "info",
                    "support",
                    "sender",
                    "recipient",
                    "inbox" ->
                    true;
            default -> dev.bartizan.guard.text.Words.shipped().isWord(word) && word.length() < 4;
        };
    }

    private boolean address(Argument argument, Effect effect) {
        Found found = sources.find(argument.value());
        if (found.kind() == Found.Kind.TRUSTED) {
            return true;
        }
        String host = host(argument.value());
        boolean hostTrusted = !host.isEmpty() && sources.find(host).kind() == Found.Kind.TRUSTED;
        if (found.kind() == Found.Kind.NOWHERE) {
            if (!hostTrusted) {
                made(argument, host);
            } else if (LinkJudge.carriesData(argument.value(), sources)) {
                ruling.atLeast(Decision.ASK, "the address carries text from untrusted content");
            }
            return hostTrusted;
        }
        tainted(argument, found);
        boolean directed = found.isDirected();
        boolean opens = effect == Effect.READ || effect == Effect.NETWORK;
        if (hostTrusted && opens && !directed) {
            return true;
        }
        if (found.kind() == Found.Kind.DATA
                && opens
                && !directed
                && !found.field().key().startsWith("body")) {
            return false;
        }
        boolean reads = opens && !directed && intent.includes(Effect.NETWORK);
        ruling.atLeast(
                reads ? Decision.ASK : handedOver(Decision.BLOCK),
                "the address `"
                        + Texts.brief(argument.value())
                        + "` comes from "
                        + found.origin()
                        + ", not from the user");
        return false;
    }

    private void made(Argument argument, String host) {
        Found found = host.isEmpty() ? sources.find(argument.value()) : sources.find(host);
        boolean data = LinkJudge.carriesData(argument.value(), sources);
        if (found.kind() == Found.Kind.PROSE || found.kind() == Found.Kind.DATA) {
            tainted(argument, found);
            boolean directed = found.isDirected();
            ruling.atLeast(
                    data || directed ? Decision.BLOCK : Decision.ASK,
                    "the host `" + host + "` comes from " + found.origin() + ", not from the user");
        } else if (data) {
            ruling.atLeast(
                    Decision.BLOCK, "an address nobody gave carries text from untrusted content");
        } else if (!intent.includes(Effect.NETWORK)) {
            ruling.atLeast(
                    Decision.ASK,
                    "nobody gave the address `" + Texts.brief(argument.value()) + "`");
        }
    }

    static String host(String address) {
        Matcher matcher =
                Pattern.compile("(?i)^(?:[a-z]+://)?(?:[^/@\\s]*@)?([\\w.-]+)").matcher(address);
        return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private boolean command(Argument argument) {
        Found whole = sources.find(argument.value());
        if (whole.kind() == Found.Kind.TRUSTED) {
            return true;
        }
        boolean reachesOut = REACHES_OUT.matcher(argument.value()).find();
        boolean grounded = false;
        Matcher url = URL.matcher(argument.value());
        while (url.find()) {
            boolean known =
                    sources.find(url.group()).kind() == Found.Kind.TRUSTED
                            || sources.find(host(url.group())).kind() == Found.Kind.TRUSTED;
            grounded |= known;
            if (!known) {
                Found host = sources.find(host(url.group()));
                if (host.kind() == Found.Kind.NOWHERE) {
                    ruling.atLeast(
                            Decision.ASK,
                            "the command reaches `" + host(url.group()) + "`, which nobody named");
                } else {
                    tainted(argument, host);
                    ruling.atLeast(
                            Decision.BLOCK,
                            "the command reaches `"
                                    + host(url.group())
                                    + "`, which comes from "
                                    + host.origin());
                }
            }
        }
        if (whole.kind() == Found.Kind.PROSE || whole.kind() == Found.Kind.DATA) {
            tainted(argument, whole);
            boolean directed = whole.isDirected();
            Decision wanted =
                    reachesOut
                            ? handedOver(Decision.BLOCK)
                            : directed && !intent.includes(Effect.EXECUTE)
                                    ? Decision.BLOCK
                                    : Decision.ASK;
            ruling.atLeast(
                    wanted, "the command comes from " + whole.origin() + ", not from the user");
            return false;
        }
        copied(argument, reachesOut);
        if (reachesOut && !grounded && !isAskedFor(argument.value())) {
            ruling.atLeast(
                    Decision.ASK,
                    "the command can reach out or destroy, and the user did not say so");
        }
        return grounded;
    }

    private boolean isAskedFor(String command) {
        long said =
                Texts.words(command).stream().filter(w -> w.length() > 3 && intent.says(w)).count();
        return said >= 2;
    }

    /// Pieces of a command or text that stand word for word in untrusted text.
    private void copied(Argument argument, boolean reachesOut) {
        for (String line : argument.value().split("\\r?\\n|&&|;|\\|", -1)) {
            String piece = Texts.plain(line);
            if (piece.length() < 10 || sources.find(piece).kind() == Found.Kind.TRUSTED) {
                continue;
            }
            Found found = sources.find(piece);
            if (found.kind() == Found.Kind.PROSE || found.kind() == Found.Kind.DATA) {
                tainted(argument, found);
                ruling.atLeast(
                        reachesOut ? Decision.BLOCK : Decision.ASK,
                        "part of the command comes from " + found.origin());
            }
        }
    }

    private boolean path(Argument argument, Effect effect) {
        String value = argument.value();
        Found found = sources.find(value);
        String name =
                value.substring(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1);
        if (found.kind() == Found.Kind.TRUSTED
                || (name.length() > 3 && sources.find(name).kind() == Found.Kind.TRUSTED)) {
            return true;
        }
        boolean secret = PRIVATE.matcher(value).find();
        if (found.kind() == Found.Kind.NOWHERE) {
            Found part = name.length() > 3 ? sources.find(name) : found;
            if (part.kind() != Found.Kind.PROSE) {
                if (secret) {
                    ruling.atLeast(
                            Decision.ASK,
                            "the path `" + Texts.brief(value) + "` is private and nobody named it");
                } else if (effect == Effect.DELETE || effect == Effect.SEND) {
                    ruling.atLeast(Decision.ASK, "nobody named `" + Texts.brief(value) + "`");
                }
                return false;
            }
            found = part;
        }
        tainted(argument, found);
        boolean directed = found.isDirected() || found.origin().startsWith("the description");
        if (effect == Effect.READ && !secret && !directed) {
            return false;
        }
        if (found.kind() == Found.Kind.DATA
                && !directed
                && !secret
                && !found.field().key().startsWith("body")
                && intent.includes(effect)) {
            return false;
        }
        boolean mild =
                effect == Effect.READ && !secret && !found.origin().startsWith("the description");
        ruling.atLeast(
                mild ? Decision.ASK : handedOver(Decision.BLOCK),
                "the path `"
                        + Texts.brief(value)
                        + "` comes from "
                        + found.origin()
                        + ", not from the user");
        return false;
    }

    private boolean amount(Argument argument, Effect effect) {
        double number = argument.number();
        Found found = sources.findNumber(number);
        if (found.kind() == Found.Kind.TRUSTED || Double.isNaN(number)) {
            return true;
        }
        if (effect != Effect.MONEY) {
            return false;
        }
        if (found.kind() == Found.Kind.NOWHERE) {
            ruling.atLeast(
                    Decision.ASK, "nobody named the amount " + Texts.brief(argument.value()));
            return false;
        }
        tainted(argument, found);
        boolean data = found.kind() == Found.Kind.DATA || intent.delegates();
        ruling.atLeast(
                data ? Decision.ASK : Decision.BLOCK,
                "the amount "
                        + Texts.brief(argument.value())
                        + " comes from "
                        + found.origin()
                        + ", not from the user");
        return false;
    }

    /// Words that go out: addresses within them must not come from directed text.
    private boolean text(Argument argument, Effect effect) {
        if (effect == Effect.READ) {
            return sources.find(argument.value()).kind() == Found.Kind.TRUSTED;
        }
        addresses(argument, URL.matcher(argument.value()));
        addresses(argument, EMAIL.matcher(argument.value()));
        if (effect != Effect.WRITE && argument.value().length() > LONG_COPY) {
            Found found = sources.find(argument.value());
            if (found.kind() == Found.Kind.PROSE && found.isDirected()) {
                tainted(argument, found);
                ruling.atLeast(
                        handedOver(Decision.BLOCK),
                        "the words come from an instruction in " + found.origin());
            }
        }
        return sources.find(argument.value()).kind() == Found.Kind.TRUSTED;
    }

    private void addresses(Argument argument, Matcher matcher) {
        while (matcher.find()) {
            String value = Texts.plain(matcher.group());
            Found found = sources.find(value);
            if (found.kind() == Found.Kind.NOWHERE && value.startsWith("http")) {
                found = sources.find(host(value));
            }
            boolean foreign = found.kind() == Found.Kind.PROSE || found.kind() == Found.Kind.DATA;
            if (foreign && found.isDirected()) {
                tainted(argument, found);
                ruling.atLeast(
                        Decision.BLOCK,
                        "`"
                                + Texts.brief(value)
                                + "` in the text comes from an instruction in "
                                + found.origin());
            }
        }
    }

    private boolean other(Argument argument, Effect effect, String tool) {
        Found found = sources.find(argument.value());
        if (found.kind() == Found.Kind.TRUSTED) {
            return argument.value().length() > 2;
        }
        if (found.kind() == Found.Kind.NOWHERE) {
            if (argument.value().length() > LONG_COPY) {
                addresses(argument, URL.matcher(argument.value()));
                addresses(argument, EMAIL.matcher(argument.value()));
            }
            return false;
        }
        if (effect == Effect.READ || effect == Effect.NETWORK || argument.value().length() < 2) {
            return false;
        }
        boolean chosen = found.kind() == Found.Kind.DATA && isLinked(found.field());
        boolean spoken = found.kind() == Found.Kind.PROSE || !found.sentence().isEmpty();
        if (chosen || (!spoken && effect != Effect.MONEY)) {
            return false;
        }
        tainted(argument, found);
        boolean mild =
                !spoken || (effect == Effect.WRITE && !found.isDirected() && intent.names(tool));
        ruling.atLeast(
                mild ? Decision.ASK : handedOver(Decision.BLOCK),
                "`" + argument.path() + "` comes from " + found.origin() + ", not from the user");
        return false;
    }

    private void tainted(Argument argument, Found found) {
        ruling.taint(argument.path() + " ← " + found.origin());
    }

    private Decision handedOver(Decision otherwise) {
        return intent.delegates() ? Decision.ASK : otherwise;
    }
}
