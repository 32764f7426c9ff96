package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What commands undo or turn against the user of a machine: his files, what protects him, what
/// would tell him, the tools that he trusts.
final class Sabotage {
    private static final String HOME =
            "(?:~|\\$HOME|\\$\\{HOME}|/root|/home/\\$?\\{?\\w{1,40}}?|/Users/\\$?\\{?\\w{1,40}}?)";
    private static final String FORCED =
            "\\brm\\s+(?:-[a-zA-Z]{1,8}\\s+|--[\\w-]{1,30}\\s+){0,4}?(?:-[a-zA-Z]{0,6}[rR][a-zA-Z]{0,6}|--recursive)\\s+(?:-[a-zA-Z]{1,8}\\s+|--[\\w-]{0,30}\\s+){0,4}";
    private static final String END = "(?=[\\s;&|)\"'`]|$)";

    /// Makes off with what is dear, opens a way in, or listens for good.
    private static final Pattern GRAVE =
            Pattern.compile(
                    FORCED
                            + "[\"']?"
                            + HOME
                            + "[\"']?/?\\*?"
                            + END
                            + "|"
                            + FORCED
                            + "(?:[\"']?/[\\w*/.-]{1,60}[\"']?\\s+)?[\"']?"
                            + HOME
                            + "[\"']?/(?:Documents|Desktop|Pictures|Photos|Movies|Music|Downloads)[\"']?/?\\*?"
                            + END
                            + "|\\bcd\\s+[\"']?(?:/|"
                            + HOME
                            + ")[\"']?\\s{0,5}(?:;|&&|\\n)\\s{0,5}(?:sudo\\s+)?"
                            + FORCED
                            + "[.*]"
                            + "|\\bfind\\s+[\"']?(?:/|"
                            + HOME
                            + ")/?[\"']?\\s+(?:-type\\s+f\\s+|-mtime\\s+\\S{1,8}\\s+){0,3}(?:-delete\\b|-exec\\s+(?:rm|shred)\\b)"
                            + "|\\bshred\\s+(?:-\\w{1,8}\\s+|--\\S{1,20}\\s+|-n\\s*\\d+\\s+){0,4}[\"']?(?:/dev/(?:sd|nvme|vd|hd)|"
                            + HOME
                            + "/\\.(?:ssh|gnupg|aws)|"
                            + HOME
                            + "[\"']?/\\*)"
                            + "|\\bdd\\s+[^\\n;|]{0,40}\\bif=/dev/(?:zero|u?random)\\b[^\\n;|]{0,40}\\bof=/dev/(?:sda|nvme0n1|vda|hda|disk0|mmcblk0)\\b"
                            + "|\\bchmod\\s+(?:[ug]*\\+[rwx]*s[rwx]*|[4-7][0-7]{3})\\s+[\"']?(?:/usr)?(?:/local)?/bin/(?:ba|da|z|k)?sh\\b"
                            + "|\\bstratum\\+(?:tcp|ssl|tls)://"
                            + "|\\bcredential\\.helper\\s+[\"']?!(?=[^\\n]{0,200}\\b(?:curl|wget|nc|ncat)\\b)"
                            + "|\\bcore\\.(?:sshCommand|fsmonitor|pager|editor)\\s+[\"']?[^\\n]{0,200}(?:ProxyCommand=|\\b(?:curl|wget|nc|ncat)\\s)"
                            + "|\\bspctl\\s+--(?:master|global)-disable\\b|\\bLSQuarantine\\s+-bool\\s+(?:NO|false)\\b|\\bcsrutil\\s+disable\\b"
                            + "|\\bDisableRealtimeMonitoring\\s+(?:\\$true|1)\\b|\\bAdd-MpPreference\\s+-ExclusionPath\\b"
                            + "|\\bfor\\s+(\\w{1,20})\\s+in\\s+[^\\n;]{0,200}(?:/skills/\\*|\\bSKILL\\.md|\\bCLAUDE\\.md|\\bAGENTS\\.md|\\.cursorrules)[^\\n;]{0,100}[;\\n]\\s{0,20}do\\b[\\s\\S]{0,400}?(?:>>|\\btee\\s+-a|\\bsed\\s+-i)[^\\n;]{0,80}\\$\\{?\\1\\b");

    /// Sends on all that a script is called with, on a line with a program that sends.
    private static final Pattern ALL_SENT =
            Pattern.compile(
                    "\\s(?:-d|--data[a-z-]{0,12}+|--post-data)[ =]?\\s{0,4}+[\"'][^\"'\\n$]{0,80}+(?:\\$\\w{1,20}+[^\"'\\n$]{0,20}+){0,3}+\\$[*@]");

    private static final Pattern SENDER = Pattern.compile("\\b(?:curl|wget)\\s");
    private static final Pattern CALLED_ON =
            Pattern.compile("^\\s*(?:exec|command)\\s[^\\n]{0,200}\"\\$@\"");
    private static final int NEAR_LINES = 4;

    private static final Pattern ROOT_UNASKED =
            Pattern.compile(
                    "\\bALL\\s*=\\s*\\(\\s*ALL(?:\\s*:\\s*ALL)?\\s*\\)\\s*NOPASSWD\\s*:\\s*ALL\\b[^\\n]{0,80}/etc/sudoers");
    private static final Pattern OTHERS_REGISTRY =
            Pattern.compile(
                    "\\bGOPROXY=[^\\n]{0,200}(?:\\bGONOSUMCHECK=1|\\bGOFLAGS=\\S{0,20}-insecure|\\bGONOSUMDB=['\"]?\\*|\\bGOSUMDB=off)|\\.npmrc\\b[^\\n]{0,20}<<[^\\n]{0,20}\\n(?:[^\\n]{0,200}\\n){0,4}?strict-ssl\\s*=\\s*false|\\bnpm\\s+config\\s+set\\s+strict-ssl\\s+false\\b(?=[\\s\\S]{0,200}\\bregistry\\b)");
    private static final Pattern ELSEWHERE =
            Pattern.compile(
                    "\\burl\\.[\"']?https?://(?![^\\s\"']{0,80}(?:github\\.com|gitlab\\.com|\\$))[^\\s\"']{4,200}[\"']?\\.insteadOf\\s+[\"']?(?:https?://|git@)(?:github|gitlab|bitbucket)\\.");

    /// Two of a kind of these are more than a set-up needs.
    private static final List<Pattern> GUARDS =
            List.of(
                    Pattern.compile("\\bsetenforce\\s+0\\b|\\bSELINUX=disabled\\b"),
                    Pattern.compile(
                            "\\bufw\\s+disable\\b|\\biptables\\s+-F\\b|\\bsystemctl\\s+(?:disable|stop|mask)\\s+(?:--now\\s+)?(?:firewalld|ufw|nftables)\\b"),
                    Pattern.compile(
                            "\\b(?:stop|disable|mask|remove|kill|pkill)\\b[^\\n;&]{0,60}\\b(?:auditd|falcon-sensor|mdatp|clamav\\S{0,10}|crowdstrike|sentinelone|osqueryd|wazuh-agent|apparmor|sysmon)\\b"));

    private static final List<Pattern> TRACES =
            List.of(
                    Pattern.compile("\\bhistory\\s+-c\\b"),
                    Pattern.compile(
                            "\\bunset\\s+HISTFILE\\b|\\bHISTFILE=/dev/null\\b|\\bHIST(?:FILE)?SIZE=0\\b"),
                    Pattern.compile(
                            "(?:\\brm\\s|\\bshred\\s|\\btruncate\\s|>)[^\\n;]{0,60}\\.(?:bash|zsh)_history\\b"),
                    Pattern.compile(
                            "(?:\\brm\\s|\\bshred\\s|\\btruncate\\s|>)[^\\n;]{0,60}/var/log/(?:auth\\.log|secure|audit|wtmp|lastlog|syslog)\\b"));

    /// Marks of a recipe for an image of a machine, which is made clean before it is kept.
    private static final Pattern IMAGE =
            Pattern.compile(
                    "\\bmachine-id\\b|ssh_host_|\\bcloud-init\\b|\\bpacker\\b|\\bvirt-sysprep\\b|\\bvagrant\\b|\\bDEBIAN_FRONTEND\\b|\\buseradd\\b|\\badduser\\b|\\bkube(?:adm|let)\\b|\\bdocker(?:env)?\\b");

    private Sabotage() {}

    /// What no recipe, hook or program has a need of, wherever it stands.
    static Optional<String> grave(String commands) {
        Finds grave = Finds.of(GRAVE, commands);
        if (grave.find()) {
            return Optional.of(grave.group());
        }
        return goBetween(commands);
    }

    /// A program in the place of another that sends on all that it is called with, and calls that.
    private static Optional<String> goBetween(String commands) {
        if (!commands.contains("\"$@\"")) {
            return Optional.empty();
        }
        Optional<String> sent = Optional.empty();
        int lines = 0;
        for (String line : commands.lines().toList()) {
            if (SENDER.matcher(line).find() && ALL_SENT.matcher(line).find()) {
                sent = Optional.of(line);
                lines = 0;
            } else if (sent.isPresent()
                    && ++lines <= NEAR_LINES
                    && CALLED_ON.matcher(line).find()) {
                return sent;
            }
        }
        return Optional.empty();
    }

    /// Whether a part sends on all that it is called with.
    static boolean isAllSent(String part) {
        return part.lines()
                .anyMatch(line -> SENDER.matcher(line).find() && ALL_SENT.matcher(line).find());
    }

    /// What a script has no need of, though recipes for machines may.
    static Optional<String> inScript(String script) {
        if (Finds.any(IMAGE, script)) {
            return Optional.empty();
        }
        return first(ROOT_UNASKED, script)
                .or(() -> first(OTHERS_REGISTRY, script))
                .or(() -> first(ELSEWHERE, script))
                .or(() -> twoOf(GUARDS, script))
                .or(() -> twoOf(TRACES, script));
    }

    private static Optional<String> twoOf(List<Pattern> patterns, String script) {
        List<String> found =
                patterns.stream()
                        .map(pattern -> first(pattern, script))
                        .flatMap(Optional::stream)
                        .toList();
        return found.size() < 2 ? Optional.empty() : Optional.of(String.join(" ; ", found));
    }

    private static Optional<String> first(Pattern pattern, String script) {
        Finds finds = Finds.of(pattern, script);
        return finds.find() ? Optional.of(finds.group()) : Optional.empty();
    }
}
