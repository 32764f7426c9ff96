package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Conversation.Message;
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
    static Optional<CallVerdict> judge(Message message, Heard heard) {
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
                address(address, true, heard, ruling);
            }
        }
        Matcher link = ADDRESS.matcher(text);
        while (link.find()) {
            any = true;
            address(link.group(), false, heard, ruling);
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

    private static void address(String raw, boolean isImage, Heard heard, Ruling ruling) {
        String address = raw.replaceAll("[.,;:!?]+$", "");
        Ground ground = heard.ground(address);
        if (ground.is(Ground.Kind.SAID)) {
            return;
        }
        String host = AddressRule.host(address);
        Ground ofHost = heard.ground(host);
        String shown = isImage ? "image" : "link";
        if (ground.is(Ground.Kind.NOWHERE)) {
            made(address, ofHost, heard, ruling, isImage);
        } else if (ground.is(Ground.Kind.DEMANDED) || ground.is(Ground.Kind.FORBIDDEN)) {
            ruling.taint(shown + " ← " + ground.origin());
            ruling.atLeast(
                    Decision.BLOCK,
                    "an instruction in " + ground.origin() + " asked for the " + shown);
        }
    }

    /// An address that stands nowhere as it is.
    private static void made(
            String address, Ground ofHost, Heard heard, Ruling ruling, boolean isImage) {
        String host = AddressRule.host(address);
        String shown = isImage ? "image" : "link";
        if (ofHost.is(Ground.Kind.SAID)) {
            return;
        }
        if (carriesData(address, heard)) {
            ruling.taint(shown + " " + Texts.brief(address));
            ruling.atLeast(
                    Decision.BLOCK, "the " + shown + " carries conversation data to " + host);
        } else if (ofHost.is(Ground.Kind.DEMANDED) || Pieces.standIn(host, heard)) {
            ruling.taint(shown + " ← " + ofHost.origin());
            ruling.atLeast(
                    Decision.BLOCK,
                    "an instruction in " + ofHost.origin() + " asked for the " + shown);
        } else if (isImage) {
            ruling.atLeast(Decision.ASK, "nobody gave the image's address");
        }
    }

    /// Whether path or query of an address hold words that were read from somebody, or a long
    /// stretch that may hide them.
    static boolean carriesData(String address, Heard heard) {
        int slash = address.indexOf('/', Math.max(0, address.indexOf("//") + 2));
        int question = address.indexOf('?');
        int from = slash < 0 ? question : slash;
        if (from < 0) {
            return AddressRule.host(address).length() > 60;
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
            if (telling && isRead(plain, heard)) {
                return true;
            }
        }
        int equals = rest.indexOf('=');
        String query = equals < 0 ? "" : rest.substring(equals + 1);
        return (query.length() >= 12 && query.contains(" ")) || query.length() > 160;
    }

    private static boolean isRead(String word, Heard heard) {
        return heard.untrusted().stream()
                        .anyMatch(f -> !f.isDescription() && Texts.holds(f.text(), word))
                || (word.length() > 7 && Texts.holds(heard.trustedText(), word));
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
