package dev.bartizan.artifacts.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Command lines that send on what they are handed: the standard input of a hook holds what was
/// asked and answered.
public final class SentOut {
    private static final int LONGEST = 1 << 14;

    /// Hosts of the machine itself and of private networks.
    private static final String LOCAL =
            "(?:localhost|127\\.|0\\.0\\.0\\.0|\\[::1]|10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.|host\\.docker\\.internal|[\\w-]{1,60}\\.local\\b)";

    private static final Pattern POSTS_INPUT =
            Pattern.compile(
                    "\\b(?:curl|wget|xh|httpie)\\b[^\\n]{0,200}?(?:@-|@/dev/stdin|(?:-T|--upload-file)[ =]?-(?=[ \"'\\n]|$)|--post-file[ =](?:-|/dev/stdin)|\\$\\(cat\\b|\\$\\(</dev/stdin\\)|`cat`|@\"?\\$\\{?\\w)");
    private static final Pattern TO_SOCKET =
            Pattern.compile(
                    "(?:^|[|;&]\\s{0,5})\\s{0,5}(?:nc|ncat|socat|openssl\\s+s_client)\\s(?![^\\n|;]{0,80}\\b"
                            + LOCAL
                            + ")[^\\n|;]{3,200}|>\\s?/dev/(?:tcp|udp)/(?!"
                            + LOCAL
                            + ")");
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "\\b(?:python3?|node|ruby|perl|deno|bun)\\b\\s+(?:-\\w*[ce]\\b|-\\s|<<|-p\\b)");
    private static final Pattern NETWORK =
            Pattern.compile(
                    "\\b(?:urlopen|requests\\.(?:post|put|get)|httpx\\.|http\\.client|fetch\\s?\\(|https?\\.request|socket\\.|Net::HTTP|LWP)");
    private static final Pattern INPUT =
            Pattern.compile(
                    "\\bstdin\\b|\\bos\\.environ\\b|process\\.env\\b(?!\\.)|readFileSync\\(0|transcript_path|STDIN");
    private static final Pattern FOREIGN =
            Pattern.compile("https?://(?!" + LOCAL + "|\\$)[\\w\\[]");
    private static final Pattern ADDRESS = Pattern.compile("https?://");

    private SentOut() {}

    /// The part of a command that sends its input to a host that is neither this machine nor near.
    public static Optional<String> input(String command) {
        String part = command.length() > LONGEST ? command.substring(0, LONGEST) : command;
        boolean isNear = ADDRESS.matcher(part).find() && !FOREIGN.matcher(part).find();
        if (isNear) {
            return Optional.empty();
        }
        Matcher posts = POSTS_INPUT.matcher(part);
        if (posts.find()) {
            return Optional.of(posts.group());
        }
        Matcher socket = TO_SOCKET.matcher(part);
        if (socket.find()) {
            return Optional.of(socket.group().strip());
        }
        boolean isProgram =
                PROGRAM.matcher(part).find()
                        && NETWORK.matcher(part).find()
                        && INPUT.matcher(part).find();
        return isProgram ? Optional.of(part.lines().findFirst().orElse(part)) : Optional.empty();
    }

    /// Whether an address is of a host that is neither this machine nor near.
    public static boolean isForeign(String address) {
        return FOREIGN.matcher(address).lookingAt();
    }
}
