package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Message;
import dev.bartizan.guard.tools.Sources.Found;
import dev.bartizan.guard.tools.ToolPolicy.Ruling;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges an answer by the images and links in it: an image is fetched without a click, a link with
/// one, and either can carry what was read to whoever owns the address.
final class LinkJudge {
    private static final Pattern IMAGE =
            Pattern.compile(
                    "(?is)!\\[[^\\]]{0,300}\\]\\(\\s*<?([^)\\s>]+)|<img\\b[^>]{0,300}?src\\s*=\\s*[\"']?([^\"'\\s>]+)|!\\[[^\\]]{0,300}\\]\\[[^\\]]{0,80}\\]|^\\s*\\[[^\\]]{1,80}\\]:\\s*(https?://\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\bhttps?://[^\\s\"'<>)\\]|`]+");
    private static final int MIN_SHARED = 5;

    private LinkJudge() {}

    /// The verdict on a message that shows an image or a link; empty for one that does not.
    static Optional<CallVerdict> judge(Message message, Sources sources) {
        String text = message.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Ruling ruling = new Ruling();
        boolean any = false;
        Matcher image = IMAGE.matcher(text);
        while (image.find()) {
            any = true;
            String address = firstGroup(image);
            if (address != null) {
                address(address, true, sources, ruling);
            }
        }
        Matcher link = ADDRESS.matcher(text);
        while (link.find()) {
            any = true;
            address(link.group(), false, sources, ruling);
        }
        return any ? Optional.of(ruling.verdict("msg:" + message.index())) : Optional.empty();
    }

    private static @Nullable String firstGroup(Matcher matcher) {
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) {
                return matcher.group(i);
            }
        }
        return null;
    }

    private static void address(String raw, boolean isImage, Sources sources, Ruling ruling) {
        String address = raw.replaceAll("[.,;:!?]+$", "");
        Found found = sources.find(address);
        if (found.kind() == Found.Kind.TRUSTED) {
            return;
        }
        String host = CallJudge.host(address);
        Found hostFound = sources.find(host);
        String shown = isImage ? "image" : "link";
        if (found.kind() == Found.Kind.NOWHERE) {
            boolean data = carriesData(address, sources);
            if (data && hostFound.kind() != Found.Kind.TRUSTED) {
                ruling.taint(shown + " " + Texts.brief(address));
                ruling.atLeast(
                        Decision.BLOCK, "the " + shown + " carries conversation data to " + host);
                return;
            }
            boolean foreignHost =
                    hostFound.kind() == Found.Kind.PROSE || hostFound.kind() == Found.Kind.DATA;
            if (foreignHost && hostFound.isDirected()) {
                ruling.taint(shown + " ← " + hostFound.origin());
                ruling.atLeast(
                        Decision.BLOCK,
                        "an instruction in " + hostFound.origin() + " asked for the " + shown);
            } else if (isImage && hostFound.kind() != Found.Kind.TRUSTED) {
                ruling.atLeast(Decision.ASK, "nobody gave the image's address");
            }
            return;
        }
        if (found.isDirected()) {
            ruling.taint(shown + " ← " + found.origin());
            ruling.atLeast(
                    Decision.BLOCK,
                    "an instruction in " + found.origin() + " asked for the " + shown);
        }
    }

    /// Whether path or query of an address hold words that were read from somebody, or a long
    /// stretch that may hide them.
    static boolean carriesData(String address, Sources sources) {
        int slash = address.indexOf('/', Math.max(0, address.indexOf("//") + 2));
        int question = address.indexOf('?');
        int from = slash < 0 ? question : slash;
        if (from < 0) {
            return CallJudge.host(address).length() > 60;
        }
        String rest = decoded(address.substring(from));
        if (isPacked(rest)) {
            return true;
        }
        for (String word : rest.split("[^\\p{L}\\p{N}@._-]+", -1)) {
            String plain = word.toLowerCase(Locale.ROOT);
            boolean telling =
                    plain.length() >= MIN_SHARED
                            && (plain.chars().anyMatch(Character::isDigit) || plain.contains("@"));
            if (telling && isRead(plain, sources)) {
                return true;
            }
        }
        int equals = rest.indexOf('=');
        String query = equals < 0 ? "" : rest.substring(equals + 1);
        return (query.length() >= 12 && query.contains(" ")) || query.length() > 160;
    }

    private static boolean isRead(String word, Sources sources) {
        return sources.foreign().stream()
                        .anyMatch(f -> !f.isDescription() && Sources.holds(f.text(), word))
                || (word.length() > 7 && Sources.holds(sources.trustedText(), word));
    }

    private static boolean isPacked(String rest) {
        Matcher run = Pattern.compile("[A-Za-z0-9+/_-]{24,}={0,2}").matcher(rest);
        while (run.find()) {
            if (unpacks(run.group())) {
                return true;
            }
        }
        return false;
    }

    private static boolean unpacks(String run) {
        try {
            byte[] bytes =
                    Base64.getDecoder()
                            .decode(run.replace('-', '+').replace('_', '/').replace("=", ""));
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.chars().allMatch(c -> c >= ' ' && c != 0xFFFD && c < 0x2000);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
