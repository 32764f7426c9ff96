package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import java.util.regex.Pattern;

/// Which file a call touches.
final class PathRule {
    /// Files that hold credentials.
    static final Pattern PRIVATE =
            Pattern.compile(
                    "(?i)(\\.ssh|id_rsa|id_ed25519|\\.env\\b|\\.aws|\\.npmrc|\\.netrc|\\.pgpass|\\.gnupg|/etc/(passwd|shadow|sudoers)|credential|secret|private[_-]?key|\\.pem$|\\.p12$|\\.kdbx$|\\.kube|password|mcp\\.json|token|wallet\\.dat)");

    private static final Pattern STARTS_THINGS =
            Pattern.compile(
                    "(?i)(/etc/|cron|authorized_keys|\\.bashrc|\\.zshrc|\\.profile|\\.bash_profile|autostart|startup|systemd|launchagents|/var/www|public_html|\\.git/hooks|\\.github/workflows|\\.gitlab-ci|/usr/|/bin/|windows\\\\system32|\\.vscode/|\\.claude|\\.cursor|agents\\.md)");

    private final Scene scene;
    private final Ruling ruling;

    PathRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a path; whether the user's words carry it.
    boolean judge(Argument argument) {
        String value = argument.value();
        Ground ground = scene.ground(value);
        String name = name(value);
        String folder = value.substring(0, value.length() - name.length());
        if (ground.is(Ground.Kind.NOWHERE) && name.length() > 3) {
            ground = composed(folder, name, ground);
        }
        if (ground.is(Ground.Kind.SAID)) {
            return true;
        }
        if (ground.isForeign()) {
            ruling.taint(argument, ground);
        }
        String shown = "the path `" + Texts.brief(value) + "`";
        if (PRIVATE.matcher(value).find() || (acts() && STARTS_THINGS.matcher(value).find())) {
            boolean isForeign = ground.isForeign() || Pieces.standIn(value, scene.heard());
            ruling.atLeast(
                    isForeign ? Decision.BLOCK : Decision.ASK,
                    shown + " is sensitive, and the user did not name it");
            return false;
        }
        ungranted(ground, folder, shown);
        return ground.isFirm();
    }

    private boolean acts() {
        return scene.effect() != Effect.READ;
    }

    private void ungranted(Ground ground, String folder, String shown) {
        String from = shown + " comes from " + ground.origin() + ", not from the user";
        boolean isGrave = scene.effect() == Effect.DELETE || scene.effect() == Effect.SEND;
        switch (ground.kind()) {
            case SAID, PICKED -> {}
            case FORBIDDEN -> ruling.atLeast(Decision.BLOCK, "the user said no to " + shown);
            case FIELD -> {
                if (acts() && ground.isContested()) {
                    ruling.atLeast(Decision.ASK, from);
                }
            }
            case STATED -> {
                if (isGrave && !ground.isNamed()) {
                    ruling.atLeast(Decision.ASK, from);
                }
            }
            case DEMANDED -> {
                if (acts() || isElsewhere(folder)) {
                    ruling.atLeast(scene.stopUnlessLeftTo(ground), from);
                }
            }
            case NOWHERE -> {
                if (scene.effect() == Effect.DELETE) {
                    ruling.atLeast(Decision.ASK, "nobody named " + shown);
                } else if (acts() && !wasOpened(folder) && Pieces.standIn(folder, scene.heard())) {
                    ruling.atLeast(
                            Decision.BLOCK,
                            "the folder of " + shown + " comes from untrusted words");
                }
            }
        }
    }

    /// Whether an earlier call looked into the folder.
    private boolean wasOpened(String folder) {
        String bare = Texts.plain(folder.replaceAll("[/\\\\]+$", ""));
        return bare.isEmpty()
                || scene.heard().untrusted().stream()
                        .anyMatch(one -> Texts.holds(one.asked(), bare));
    }

    /// Whether a folder is outside of what the conversation was about.
    private boolean isElsewhere(String folder) {
        boolean isRooted =
                folder.startsWith("/") || folder.startsWith("~") || folder.contains("..");
        return isRooted && !Texts.holds(scene.heard().trustedText(), Texts.plain(folder));
    }

    /// A path that nobody wrote, of a folder and a name that somebody did.
    private Ground composed(String folder, String name, Ground ground) {
        Ground ofName = scene.ground(name);
        String bare = folder.replaceAll("[/\\\\]+$", "");
        Ground ofFolder = bare.isEmpty() ? Ground.SAID : scene.ground(bare);
        boolean isLocal = ofFolder.is(Ground.Kind.SAID) || ofFolder.is(Ground.Kind.PICKED);
        if (ofName.is(Ground.Kind.SAID) && (isLocal || !Pieces.standIn(bare, scene.heard()))) {
            return Ground.SAID;
        }
        if (!ofName.isForeign()) {
            return isLocal && ofFolder.is(Ground.Kind.SAID) && !acts() ? Ground.SAID : ground;
        }
        boolean isGrounded = isLocal || !Pieces.standIn(bare, scene.heard());
        return isGrounded ? ofName : ground;
    }

    private static String name(String path) {
        String trimmed = path.replaceAll("[/\\\\]+$", "");
        int slash = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
        return path.substring(slash + 1);
    }
}
