package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows the user's secrets through a shell script: read, kept in variables and files, sent to
/// another machine. Keys that a program logs in with, public halves of keys, and what goes to this
/// machine or near are left alone.
final class ShellLeaks {
    private static final int MOST = 400;

    /// What nobody needs to send: keys, logins, cookies, wallets, history, all of the environment.
    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i)\\.ssh\\b(?!/(?:config|known_hosts|authorized_keys)\\b|[/\\w*$.-]{1,60}\\.pub\\b)|\\bid_(?:rsa|ed25519|ecdsa|dsa|\\*)(?!\\.pub\\b|\\w)"
                            + "|\\.aws(?:/credentials\\b|/?(?=[\\s\"';|)]|$))|\\.netrc\\b|\\.git-credentials\\b|\\.docker/config\\.json|\\.kube/config\\b|\\.gnupg\\b|\\.config/(?:gcloud|gh|op)\\b|\\bapplication_default_credentials\\b|/etc/shadow\\b"
                            + "|\\.(?:bash|zsh|python|psql)_history\\b|\\.kaggle/kaggle\\.json|\\.n8n/(?:config|database)|\\.(?:cache/)?huggingface/token\\b|\\bwallet\\.dat\\b|\\.(?:ethereum|electrum|bitcoin)/|\\bLogin Data\\b|(?:chrome|chromium|firefox|brave|edge|safari)[^\\n|;]{0,80}\\bcookies\\b|\\b(?:cookies\\.sqlite|logins\\.json|key4\\.db)\\b"
                            + "|\\bdump-keychain\\b|\\blogin\\.keychain|\\bfind-(?:generic|internet)-password\\b|\\bexport-secret-keys\\b|/iam/security-credentials/|/service-accounts/\\w{1,20}/token\\b|/identity/oauth2/token\\b"
                            + "|\\bget\\s+secrets?\\s[^\\n|;]{0,60}(?:-A\\b|--all-namespaces\\b)|\\bhidden answer\\b|\\b(?:zenity|kdialog)\\s+--password\\b|/proc/\\w{1,10}/environ\\b"
                            + "|(?<=^|[|;(`{\\n] {0,4}|\\b(?:do|then|else) )(?:env|printenv|export\\s+-p|declare\\s+-x|compgen\\s+-e)\\s*(?=[|>;)`]|$)");

    /// Where programs are told which key to log in with, what to leave out and where to write, and
    /// headers that log in: none of it is sent as a text.
    private static final Pattern ASIDE =
            Pattern.compile(
                    "(?i)(?<=\\s)(?:-i|--(?:private-)?key(?:-file)?|--cert|--cacert|--netrc-file|--identity(?:-file)?|--exclude(?:-from)?|-o\\s*\"?IdentityFile)[ =]\\s*[\"']?[^\\s\"']{1,200}[\"']?"
                            + "|(?<=\\s)-H\\s*(?:\"[^\"\\n]{0,40}(?:authorization|token|api-?key)[^\"\\n]{0,400}\"|'[^'\\n]{0,40}(?:authorization|token|api-?key)[^'\\n]{0,400}')"
                            + "|(?:-not|!)\\s+-(?:path|name)\\s+\\S{1,200}"
                            + "|(?<=\\s)(?:-o|-O|--output(?:-document)?|--output-file)[ =]\\s*[\"']?[^\\s\"']{1,200}|>{1,2}\\s*[\"']?[^\\s\"'&|;<>()]{1,200}|\\btee\\s+(?:-a\\s+)?[\"']?[^\\s\"'|;]{1,200}");

    private static final String NEAR =
            "(?:localhost\\b|127\\.|0\\.0\\.0\\.0|\\[::1]|10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.|169\\.254\\.|host\\.docker\\.internal|[\\w-]{1,60}\\.(?:local|internal|lan)\\b|\\$)";

    /// Hands a text to a machine that is named there.
    private static final Pattern SENDS =
            Pattern.compile(
                    "(?im)\\b(?:curl|wget|xh|https?)\\b[^\\n]{0,600}?https?://(?!"
                            + NEAR
                            + ")[\\w$]|\\b(?:nc|ncat|netcat|telnet)\\s+(?:-\\w{1,12}\\s+(?:\\d{1,5}\\s+)?){0,6}(?!"
                            + NEAR
                            + ")[\\w-]{1,60}\\.[\\w.-]{2,80}[\\s:]+\\d|\\bsocat\\b[^\\n|;]{0,80}\\b(?:tcp|openssl|udp)\\d?(?:-connect)?:(?!"
                            + NEAR
                            + ")|/dev/(?:tcp|udp)/(?!"
                            + NEAR
                            + ")\\w"
                            + "|\\|\\s*ssh\\s[^\\n|]{0,100}?@(?!"
                            + NEAR
                            + ")\\w|\\b(?:rsync|scp|sftp)\\s[^\\n@]{0,300}+@(?!"
                            + NEAR
                            + ")[\\w-]{1,60}+\\.[\\w.-]{1,100}+:[^\\s\"']{0,200}+[\"']?[ \\t]{0,8}+(?=$|[|>&2])|\\brsync://(?!"
                            + NEAR
                            + ")"
                            + "|\\baws\\s+s3\\s+(?:cp|mv|sync)\\s+(?![\"']?s3:)[^\\n|;]{0,300}\\bs3://[\\w$]|\\bgsutil\\s+(?:-\\w\\s+)?(?:cp|rsync)\\s+(?![\"']?gs:)[^\\n|;]{0,300}\\bgs://\\w|\\brclone\\s+(?:copy|copyto|sync|move|rcat)\\s[^\\n|;]{0,200}(?:\\s:\\w|https?://)"
                            + "|\\bgist\\s+create\\b|\\bgit\\s+push\\b[^\\n|;]{0,60}(?:https?://|git@)|\\b(?:sendmail|mailx?|mutt|msmtp|swaks)\\s[^\\n|;]{0,200}@[\\w-]{1,60}\\.\\w"
                            + "|\\bs_client\\b[^\\n|;]{0,80}-connect\\s+(?!"
                            + NEAR
                            + ")\\w|\\b(?:dig|nslookup|host|drill|ping)\\s[^\\n|;]{0,80}(?:\\$\\(|`|\\$\\{?\\w)[^\\n|;]{0,200}\\.[a-z]\\w{1,30}\\.?[a-z]");

    /// Where what a command gives out stays: a variable, a file, what a loop goes through.
    private static final Pattern KEPT =
            Pattern.compile(
                    "(?:^|[\\s;({])([A-Za-z_]\\w{0,40})\\+?=|\\bfor\\s+([A-Za-z_]\\w{0,40})\\s+in\\b|\\bread\\s+(?:-\\w\\s+){0,4}([A-Za-z_]\\w{0,40})"
                            + "|(?<![0-9&])>{1,2}\\s*[\"']?([^\\s\"'&|;<>()]{2,200})|\\btee\\s+(?:-a\\s+)?[\"']?([^\\s\"'|;]{2,200})|\\s(?:-o|-out|--output)[ =]\\s*[\"']?([^\\s\"'|;]{2,200})"
                            + "|\\btar\\s+-?[a-zA-Z]{0,6}c[a-zA-Z]{0,6}\\s+[\"']?([^\\s\"'|;-][^\\s\"'|;]{1,200})|\\b(?:zip|7z\\s+a)\\s+(?:-\\S{1,40}\\s+){0,6}[\"']?([^\\s\"'|;-][^\\s\"'|;]{1,200})|\\bof=([^\\s\"'|;]{2,200})"
                            + "|\\b(?:cp|mv|install|ln)\\s[^\\n|;]{0,400}\\s[\"']?([^\\s\"'|;]{2,200})[\"']?$");

    /// Folders in which much else lies, and what keeps nothing.
    private static final Pattern COMMON =
            Pattern.compile(
                    "/dev/.*|/?(?:tmp|var/tmp|root|etc|opt)?/?|~/?|\\$\\{?\\w+}?/?|\\.{1,2}/?|-.*");

    private static final Pattern NAME = Pattern.compile("\\$\\{?([A-Za-z_]\\w{0,40})");
    private static final Pattern BETWEEN = Pattern.compile("[\\s\"'=@<>|;,(){}`]+");
    private static final Pattern INTO =
            Pattern.compile("^(?:pushd|cd)\\s+[\"']?([^\\s\"']{1,200})");

    private final Set<String> names = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private boolean isAmongThem;

    private ShellLeaks() {}

    /// The command that sends a secret on; empty when none does.
    static Optional<String> in(String script) {
        if (!Finds.any(SECRET, script) || !Finds.any(SENDS, script)) {
            return Optional.empty();
        }
        ShellLeaks leaks = new ShellLeaks();
        return ShellParts.of(script).stream().filter(leaks::isLeak).findFirst();
    }

    /// Whether a command sends a secret on; keeps in mind where it puts one.
    private boolean isLeak(String command) {
        String part = ASIDE.matcher(command).replaceAll(" ");
        Matcher into = INTO.matcher(part);
        if (into.find()) {
            isAmongThem = isKept(into.group(1));
        }
        boolean isSecret =
                SECRET.matcher(part).find() || isUsed(part) || (isAmongThem && pushes(part));
        if (!isSecret) {
            return false;
        }
        if (SENDS.matcher(part).find()) {
            return true;
        }
        keep(command);
        return false;
    }

    private static boolean pushes(String part) {
        return part.startsWith("git push");
    }

    private boolean isUsed(String part) {
        if (!names.isEmpty() && part.indexOf('$') >= 0) {
            Matcher name = NAME.matcher(part);
            while (name.find()) {
                if (names.contains(name.group(1))) {
                    return true;
                }
            }
        }
        if (files.isEmpty()) {
            return false;
        }
        for (String word : BETWEEN.split(part, -1)) {
            if (isKept(word)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a file is one that holds a secret, or lies in a folder that does.
    private boolean isKept(String path) {
        String folder = path.replaceFirst("/{1,9}$", "");
        for (int up = 0; up < 8 && !folder.isEmpty(); up++) {
            if (files.contains(folder)) {
                return true;
            }
            int slash = folder.lastIndexOf('/');
            folder = slash < 0 ? "" : folder.substring(0, slash);
        }
        return false;
    }

    private void keep(String part) {
        Matcher kept = KEPT.matcher(part);
        while (kept.find() && names.size() + files.size() < MOST) {
            for (int group = 1; group <= kept.groupCount(); group++) {
                String found = kept.group(group);
                if (found != null && group <= 3) {
                    names.add(found);
                } else if (found != null && !COMMON.matcher(found).matches()) {
                    files.add(found.replaceFirst("/{1,9}$", ""));
                }
            }
        }
    }
}
