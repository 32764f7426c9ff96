package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.Finds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands that fetch a file and run it later: `curl -o x http://…`, then `chmod +x x` or `sh x`.
final class Downloads {
    private static final int MOST = 200;
    private static final int MOST_PARTS = 20_000;
    private static final int LONGEST_PART = 8_000;
    private static final Pattern ENDS = Pattern.compile("\\n|;|&&|\\|\\||(?<![>&])&(?![>&\\d])");
    private static final Pattern FETCHES =
            Pattern.compile(
                    "(?i)(?:^|[\\s/'\"(@])(?:(?:curl|wget|aria2c|fetch)\\s|certutil(?:\\.exe)?\\s[^\\n]{0,40}-urlcache\\s)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\b((?:https?|ftp)://[^\\s'\"|;&)]+)");
    private static final Pattern INTO =
            Pattern.compile(
                    "\\s(?:-\\w{0,12}[oO]|--output(?:-document)?|--out)[ =]?\\s*['\"]?([^\\s'\"-][^\\s'\"]*)|>\\s*['\"]?([^\\s'\"&>]+)");
    private static final Pattern RUNS =
            Pattern.compile(
                    "(?i)^\\s*[\"'\\[(]*(?:sudo\\s+(?:-\\w++\\s++){0,10}+|nohup\\s+|exec\\s+|cmd\\s+|run\\s+|time\\s+)*+"
                            + "(?:(?:/\\S*/)?(?:ba|z|da)?sh|(?:/\\S*/)?python[\\d.]*|perl|ruby|node|source|\\.)\\s+(?:-\\w++\\s++){0,10}+['\"]?([^\\s'\"]+)");
    private static final Pattern STARTS =
            Pattern.compile(
                    "(?i)^\\s*[\"'\\[(]*(?:sudo\\s+(?:-\\w++\\s++){0,10}+|nohup\\s+|exec\\s+|cmd\\s+|run\\s+)*+['\"]?([./~$\\w][^\\s'\"]*)");
    private static final Pattern CHMOD =
            Pattern.compile(
                    "\\bchmod\\s+(?:-\\w++\\s++){0,10}+(?:[^\\s+]{0,20}\\+[^\\s]{0,8}x|[0-7]{0,4}[1357][0-7]{0,4})\\s+(.+)");
    private static final Pattern CHECKED =
            Pattern.compile(
                    "\\b(sha(1|224|256|384|512)sum|shasum|gpg|cosign|minisign|openssl\\s+dgst)\\b|--checksum=");

    /// Files that a project releases on a forge under its name; fetched and made to run in many
    /// recipes.
    private static final Pattern RELEASE =
            Pattern.compile(
                    "https://(github\\.com|gitlab\\.com)/[^/\\s]+/[^/\\s]+/(-/)?releases?/\\S*");

    /// A password that is given beside an archive keeps from it whoever looks for what is harmful.
    private static final Pattern LOCKED =
            Pattern.compile(
                    "\\b(?:unzip\\s[^\\n|;&]{0,80}-P\\s?|7z\\w?\\s+x\\s[^\\n|;&]{0,80}-p|unrar\\s+x\\s[^\\n|;&]{0,80}-p)[\\w\"'$]");

    private static final Pattern RUNS_ANY =
            Pattern.compile(
                    "(?:^|\\s)(?:(?:ba|z|da)?sh|python[\\d.]*|open|start|\\.)\\s+[^\\s-]|^\\s*(?:sudo\\s+)?[\"']?\\.{0,2}/\\S|\\bchmod\\s[^\\n]{0,20}x");

    private Downloads() {}

    /// The fetching and the running of a file, when a text does both and checks nothing between.
    static Optional<String> run(String commands) {
        if (!Finds.any(FETCHES, commands) || Finds.any(CHECKED, commands)) {
            return Optional.empty();
        }
        Set<String> files = new HashSet<>();
        List<String> fetched = new ArrayList<>();
        boolean isLocked = false;
        for (String each : ENDS.split(commands, MOST_PARTS)) {
            String part = each.length() > LONGEST_PART ? each.substring(0, LONGEST_PART) : each;
            if (FETCHES.matcher(part).find()) {
                Matcher address = ADDRESS.matcher(part);
                boolean isNew = address.find() && !RELEASE.matcher(address.group(1)).matches();
                if (isNew && files.size() < MOST) {
                    files.add(name(part, address.group(1)));
                    fetched.add(part.strip());
                }
                continue;
            }
            isLocked |= !fetched.isEmpty() && LOCKED.matcher(part).find();
            if (isLocked && RUNS_ANY.matcher(part).find()) {
                return Optional.of(fetched.getLast() + " ; " + part.strip());
            }
            Optional<String> run = ran(part).filter(name -> files.contains(name));
            if (run.isPresent()) {
                return Optional.of(fetched.getLast() + " ; " + part.strip());
            }
        }
        return Optional.empty();
    }

    /// The name under which a download lies: what it is told, or the end of the address.
    private static String name(String part, String address) {
        Matcher into = INTO.matcher(part);
        if (into.find()) {
            return base(into.group(1) == null ? into.group(2) : into.group(1));
        }
        return base(address.replaceAll("[?#].*", ""));
    }

    private static Optional<String> ran(String part) {
        Matcher made = CHMOD.matcher(part);
        if (made.find()) {
            String names = made.group(1).strip();
            return Optional.of(base(names.replaceFirst("^.*\\s", "")));
        }
        Matcher runs = RUNS.matcher(part);
        if (runs.find()) {
            return Optional.of(base(runs.group(1)));
        }
        Matcher starts = STARTS.matcher(part);
        return starts.find() ? Optional.of(base(starts.group(1))) : Optional.empty();
    }

    private static String base(String path) {
        String plain = path.replaceAll("[\"',)\\]]+$", "");
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
