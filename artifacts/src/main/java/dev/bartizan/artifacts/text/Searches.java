package dev.bartizan.artifacts.text;

import java.util.regex.Pattern;

/// Commands that look for a text in files: what they look for is not run.
final class Searches {
    private static final String SOCKET = "/dev/tcp/";

    /// A search up to the end of what it looks for.
    private static final Pattern SEARCH =
            Pattern.compile(
                    "\\b(?:z?[ef]?grep|rg|ag|ack)\\s++(?:-[\\w-]++(?:=[^\\s'\"`$;|&<>]++)?+\\s++)*+(?:'[^'\\n]{0,400}'|\"[^\"`$\\n]{0,400}\"|[^\\s'\"`$;|&<>]++)");

    private Searches() {}

    /// Commands without what they look for, where that may be the address of a socket.
    static String without(String commands) {
        return commands.contains(SOCKET) ? SEARCH.matcher(commands).replaceAll("grep") : commands;
    }
}
