package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Ground.Kind;
import java.util.regex.Pattern;

/// What is run: every line of it, every host it reaches, every program it brings in.
final class CommandRule {
    private static final Pattern REACHES_OUT =
            Pattern.compile(
                    "(?i)(\\bcurl\\b|\\bwget\\b|\\bnc\\b|ncat|/dev/tcp|\\bssh\\b|\\bscp\\b|base64|\\beval\\b|rm\\s+-[a-z]*[rf]|chmod|chown|mkfs|\\bdd\\b|crontab|authorized_keys|\\bsudo\\b|invoke-webrequest|requests\\.(get|post|put)|urllib|socket|os\\.system|subprocess|drop\\s+table|delete\\s+from|truncate\\s|git\\s+push|--force|--privileged|https?://|\\benv\\b|printenv|history\\b|\\bdelete\\b|grant\\s+all|-v\\s+/)");
    private static final Pattern LOOKS =
            Pattern.compile(
                    "(?i)^\\s*(select|show|describe|explain|ls|dir|cat|head|tail|grep|rg|wc|df|du|ps|pwd|which|uname|date|uptime|stat|tree|git\\s+(status|log|diff|show|branch)|kubectl(\\s+-n\\s+\\S+)?\\s+(get|describe|logs|top)|docker\\s+(ps|logs|images)|pip\\s+(list|show)|npm\\s+(ls|list)|aws\\s+\\S+\\s+(describe|list|get)-)\\b");
    private static final Pattern CHANGES =
            Pattern.compile(
                    "(?i)[;&|`>]|\\$\\(|\\b(insert|update|delete|drop|alter|create|truncate|grant|outfile|exec|load_file|-delete)\\b");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?|git|ssh)://\\S+");
    private static final Pattern LINES = Pattern.compile("\\r?\\n|&&|\\|\\||;|\\|");
    private static final int SHORTEST_PIECE = 10;
    private final Scene scene;
    private final Ruling ruling;

    CommandRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Whether a command of SQL or of a shell changes nothing, as far as its first words and the
    /// absence of joints tell.
    static boolean onlyLooks(String command) {
        return LOOKS.matcher(command).find() && !CHANGES.matcher(command).find();
    }

    /// Judges a command; whether the user's words carry it.
    boolean judge(Argument argument) {
        String command = argument.value();
        if (ADDRESS.matcher(command).matches()) {
            return new AddressRule(scene, ruling).judge(argument);
        }
        Ground whole = scene.ground(command);
        if (whole.is(Kind.SAID)) {
            return true;
        }
        boolean reachesOut = REACHES_OUT.matcher(command).find();
        boolean isGrounded = hosts(argument);
        if (whole.isForeign()) {
            ruling.taint(argument, whole);
            ruling.atLeast(
                    decision(whole, reachesOut),
                    "the command comes from " + whole.origin() + ", not from the user");
            return isGrounded;
        }
        copied(argument, reachesOut);
        if (reachesOut && !isGrounded && !isAskedFor(command)) {
            boolean isPieced = Pieces.standIn(command, scene.heard());
            ruling.atLeast(
                    isPieced ? Decision.BLOCK : Decision.ASK,
                    "the command can reach out or destroy, and the user did not say so");
        }
        return isGrounded || isAskedFor(command);
    }

    private Decision decision(Ground ground, boolean reachesOut) {
        boolean isLeft = scene.intent().delegatesAll() && ground.isNamed();
        if (reachesOut || ground.is(Kind.DEMANDED)) {
            return isLeft && !reachesOut ? Decision.ASK : Decision.BLOCK;
        }
        return isLeft ? Decision.ALLOW : Decision.ASK;
    }

    /// Judges the hosts a command names; whether the user said one of them.
    private boolean hosts(Argument argument) {
        boolean isSaid = false;
        for (Atom atom : Atom.in(argument.value())) {
            if (atom.kind() != Atom.Kind.URL) {
                continue;
            }
            String host = AddressRule.host(atom.value());
            Ground ground = scene.ground(host);
            if (ground.is(Kind.SAID)) {
                isSaid = true;
                continue;
            }
            if (ground.isForeign()) {
                ruling.taint(argument, ground);
            }
            boolean isMade = Pieces.standIn(host, scene.heard());
            boolean isRival = scene.ground(atom.value()).isContested();
            Ground whole = scene.ground(atom.value());
            boolean isSpokenOf = whole.isNamed() && !whole.is(Kind.DEMANDED) && !isRival;
            boolean isStrange = ground.isForeign() || isMade || isRival;
            ruling.atLeast(
                    isStrange && !isSpokenOf ? Decision.BLOCK : Decision.ASK,
                    "the command reaches `" + host + "`, which the user did not name");
        }
        return isSaid;
    }

    private boolean isAskedFor(String command) {
        return Texts.words(command).stream()
                        .filter(w -> w.length() > 2 && scene.intent().says(w))
                        .distinct()
                        .count()
                >= 2;
    }

    /// Pieces of a command that stand word for word in untrusted text.
    private void copied(Argument argument, boolean reachesOut) {
        for (String line : LINES.split(argument.value(), -1)) {
            String piece = Texts.plain(line);
            if (piece.length() < SHORTEST_PIECE) {
                continue;
            }
            Ground ground = scene.ground(piece);
            if (ground.isForeign()) {
                ruling.taint(argument, ground);
                boolean isGrave = reachesOut || ground.is(Kind.DEMANDED);
                ruling.atLeast(
                        isGrave ? Decision.BLOCK : Decision.ASK,
                        "part of the command comes from " + ground.origin());
            }
        }
    }
}
