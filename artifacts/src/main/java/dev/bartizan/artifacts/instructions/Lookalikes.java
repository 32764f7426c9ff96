package dev.bartizan.artifacts.instructions;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Packages whose names are nearly those of well-known ones.
final class Lookalikes {
    private static final int SHORTEST = 7;

    /// Names at least this long may differ in two places and still be taken for each other.
    private static final int LONG = 8;

    private static final int MOST = 64;

    private static final Set<String> SCOPES =
            Set.of(
                    "@modelcontextprotocol",
                    "@playwright",
                    "@anthropic-ai",
                    "@upstash",
                    "@github",
                    "@notionhq",
                    "@supabase",
                    "@cloudflare",
                    "@browsermcp",
                    "@sentry");
    private static final Set<String> PACKAGES =
            Set.of(
                    "mcp-remote",
                    "supergateway",
                    "mcp-server-fetch",
                    "mcp-server-git",
                    "mcp-server-time",
                    "mcp-server-sqlite",
                    "chrome-devtools-mcp",
                    "firecrawl-mcp");

    /// What stands behind `server-` in the names of the protocol's own servers.
    private static final Set<String> SERVERS =
            Set.of(
                    "everything",
                    "filesystem",
                    "github",
                    "gitlab",
                    "memory",
                    "postgres",
                    "puppeteer",
                    "sequential-thinking",
                    "brave-search",
                    "google-maps",
                    "gdrive",
                    "slack",
                    "sqlite",
                    "redis",
                    "sentry",
                    "everart",
                    "aws-kb-retrieval",
                    "fetch",
                    "time",
                    "git");

    private static final Map<String, Set<String>> OF_SCOPE =
            Map.of(
                    "@upstash", Set.of("context7-mcp"),
                    "@notionhq", Set.of("notion-mcp-server"),
                    "@supabase", Set.of("mcp-server-supabase"),
                    "@sentry", Set.of("mcp-server"),
                    "@anthropic-ai", Set.of("claude-code"));

    private Lookalikes() {}

    /// Whether a package, as it is named on a command line, only looks like one that is known.
    static boolean is(String argument) {
        int slash = argument.indexOf('/');
        boolean isScoped = argument.startsWith("@") && slash > 0;
        if (!isScoped) {
            String plain = argument.replaceFirst("@.*", "").replace('_', '-');
            return isNearOne(plain, PACKAGES, SHORTEST, 1);
        }
        String scope = argument.substring(0, slash);
        String name = argument.substring(slash + 1).replaceFirst("@.*", "");
        if (isNearOne(scope, SCOPES, SHORTEST, 1)) {
            return true;
        }
        if (scope.equals("@modelcontextprotocol") && name.startsWith("server-")) {
            return isNearOne(name.substring("server-".length()), SERVERS, 5, 2);
        }
        return isNearOne(name, OF_SCOPE.getOrDefault(scope, Set.of()), SHORTEST, 2);
    }

    private static boolean isNearOne(String name, Set<String> known, int shortest, int most) {
        return name.length() <= MOST
                && !known.contains(name)
                && known.stream().anyMatch(each -> isNear(name, each, shortest, most));
    }

    private static boolean isNear(String name, String known, int shortest, int most) {
        if (seen(name).equals(seen(known))) {
            return true;
        }
        if (name.length() < shortest || Math.abs(name.length() - known.length()) > 2) {
            return false;
        }
        int distance = distance(name, known);
        boolean isLong = known.length() >= LONG && most > 1;
        return distance == 1 || (isLong && distance == 2 && !isLonger(name, known));
    }

    /// Whether one name only goes on where the other ends, as names of relatives do.
    private static boolean isLonger(String name, String known) {
        return name.startsWith(known) || known.startsWith(name);
    }

    /// How many signs were left out, put in, exchanged or swapped with the one behind.
    static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean isSame = one.charAt(i - 1) == other.charAt(j - 1);
                row[j] =
                        Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (isSame ? 0 : 1));
                boolean isSwapped =
                        i > 1
                                && j > 1
                                && one.charAt(i - 1) == other.charAt(j - 2)
                                && one.charAt(i - 2) == other.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            before = last;
            last = row;
        }
        return last[other.length()];
    }

    /// A name as it is seen in common fonts.
    static String seen(String name) {
        return name.replace('I', 'l')
                .replace('1', 'l')
                .replace('0', 'o')
                .replace("rn", "m")
                .replace("vv", "w")
                .replace('\u043e', 'o')
                .replace('\u0430', 'a')
                .replace('\u0435', 'e')
                .replace('\u0440', 'p')
                .replace('\u0441', 'c')
                .toLowerCase(Locale.ROOT);
    }
}
