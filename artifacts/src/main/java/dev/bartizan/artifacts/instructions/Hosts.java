package dev.bartizan.artifacts.instructions;

import java.util.regex.Pattern;

/// What addresses say about who is behind them.
final class Hosts {
    /// Hosts on which anybody gets an address at once that leads to a machine of their own.
    private static final String TUNNELS =
            "(?:[\\w-]{1,63}\\.){1,4}(?:ngrok(?:-free)?\\.(?:app|dev|io|pizza)|trycloudflare\\.com|loca\\.lt|localhost\\.run|lhr\\.(?:life|rocks)|serveo\\.net|pagekite\\.me|bore\\.pub|devtunnels\\.ms|tunnelmole\\.(?:com|net)|pinggy\\.(?:link|io)|zrok\\.io|loclx\\.io|localtonet\\.com|playit\\.gg|portmap\\.(?:io|host))";

    /// Hosts that keep whatever is sent to them for somebody to look at.
    private static final String COLLECTORS =
            "(?:[\\w-]{1,63}\\.){0,4}(?:webhook\\.(?:site|cool)|pipedream\\.net|requestbin\\.(?:com|net|io)|requestcatcher\\.com|requestinspector\\.com|hookb(?:in\\.com|\\.in)|beeceptor\\.com|typedwebhook\\.tools|webhookinbox\\.com|ptsv[23]\\.com|postb\\.in|oast\\.(?:fun|pro|live|site|online|me)|oastify\\.com|interact\\.sh|interactsh\\.com|burpcollaborator\\.net|dnslog\\.(?:cn|link)|ceye\\.io|canarytokens\\.com|transfer\\.sh|file\\.io|0x0\\.st)";

    /// Chats to which programs write.
    private static final String CHATS =
            "(?:api\\.telegram\\.org/bot\\d{4,}:[\\w-]{8,}/send\\w+|(?:\\w{1,20}\\.)?discord(?:app)?\\.com/api/webhooks/\\d+/[\\w-]{8,})";

    private static final String END = "(?=[/:?#\\s'\"`)>,;!]|\\.?\\s|\\.?$)";

    /// An address of the Internet by its number, neither this machine's nor a private network's.
    static final String NUMBERED =
            "https?://(?!(?:0|10|127|169\\.254|192\\.168|172\\.(?:1[6-9]|2\\d|3[01])|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\.)\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.])";

    private static final Pattern NUMBER = Pattern.compile("(?i)" + NUMBERED);

    /// Addresses with such a host.
    static final Pattern TUNNEL = Pattern.compile("(?i)https?://" + TUNNELS + END);

    /// Addresses that collect: those above, and chats.
    static final Pattern COLLECTOR =
            Pattern.compile("(?i)https?://(?:" + COLLECTORS + END + "|" + CHATS + ")");

    /// Where anything that is sent reaches one whom nobody knows.
    static final Pattern UNKNOWN =
            Pattern.compile(
                    "(?i)https?://(?:"
                            + COLLECTORS
                            + END
                            + "|"
                            + TUNNELS
                            + END
                            + "|"
                            + CHATS
                            + ")|"
                            + NUMBERED);

    /// Hosts of the machine, of a network of one's own, and of containers beside it.
    private static final Pattern NEAR =
            Pattern.compile(
                    "(?i)https?://(?:[^/@\\s]{0,200}+@)?+(?:localhost|127\\.|0\\.0\\.0\\.0|\\[::1]|\\[f[cde]|10\\.|192\\.168\\.|169\\.254\\.|172\\.(?:1[6-9]|2\\d|3[01])\\.|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|[\\w-]{1,63}(?:[:/?#]|$)|(?:[\\w-]{1,63}\\.){1,6}(?:local|internal|lan|corp|home|intra|intranet|private|localdomain|localhost|svc)(?:[:/?#]|$)|\\$|\\{|<|%)");

    /// Names that stand for what the reader is to put in.
    private static final Pattern STANDS_FOR =
            Pattern.compile("(?i)your|(?<![a-z0-9])example|placeholder|xxx|<|\\{|changeme|\\*");

    private Hosts() {}

    /// Whether an address names a machine of the Internet by its number.
    static boolean isNumber(String address) {
        return NUMBER.matcher(address).lookingAt();
    }

    /// Whether an address is of this machine or near it.
    static boolean isNear(String address) {
        return NEAR.matcher(address).lookingAt();
    }

    /// Whether an address is one to be filled in.
    static boolean isToFillIn(String address) {
        return STANDS_FOR.matcher(address).find();
    }
}
