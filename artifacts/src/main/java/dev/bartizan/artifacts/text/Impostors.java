package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.Matcher;

/// Programs, in Python or JavaScript, that turn the tools of their user against him: a wrapper with
/// the name of a common tool where shells look first, hooks put into the settings of his agents,
/// what he said to them sent away.
final class Impostors {
    private static final int LONGEST = 1 << 18;

    /// Folders that stand early among those in which shells look.
    private static final LazyPattern FOLDER =
            LazyPattern.of(
                    "\\.local['\"/\\\\, )]{1,8}bin\\b|/usr/local/s?bin\\b|\\.cargo['\"/\\\\, )]{1,8}bin\\b|(?:~|HOME['\"]?][^\\n]{0,8})/bin\\b|home\\(\\)\\s{0,4}/\\s{0,4}['\"]bin['\"]");

    private static final LazyPattern TOOL =
            LazyPattern.of(
                    "['\"/](git|ssh|scp|sudo|su|doas|python3?|pip3?|npm|npx|node|yarn|pnpm|curl|wget|docker|kubectl|aws|gcloud|gh|gpg|ls|cat|make|gcc|conda|uv|claude|code|systemctl)['\"]");
    private static final LazyPattern SCRIPT =
            LazyPattern.of(
                    "['\"`]{1,3}\\\\?\\n?#!\\s{0,2}/(?:usr/)?bin/(?:env )?(?:ba|z|da)?(?:sh|python3?|node|perl)");
    private static final LazyPattern EXECUTABLE =
            LazyPattern.of(
                    "\\bchmod\\w{0,6}\\s{0,4}\\(|\\bS_I[RX]\\w{3}\\b|\\bmode\\s{0,4}:\\s{0,4}0o?7");

    private static final LazyPattern AGENT =
            LazyPattern.of(
                    "['\"/\\\\~]\\.(?:claude|cursor|codex|gemini|windsurf)\\b['\"/\\\\, )]{1,8}(?:settings(?:\\.local)?\\.json|hooks\\.json|config\\.toml|mcp\\.json)");
    private static final LazyPattern WRITES =
            LazyPattern.of(
                    "\\.write_text\\s{0,4}\\(|\\bjson\\.dump\\s{0,4}\\(|\\.write\\s{0,4}\\(|\\bwriteFile(?:Sync)?\\s{0,4}\\(|\\btomli?_?w?\\.dump\\s{0,4}\\(");
    private static final LazyPattern HOOK =
            LazyPattern.of("['\"]?\\b(?:hooks|apiKeyHelper|statusLine|notify|mcpServers)\\b['\"]?");

    /// A command that sends something on, or fetches and runs it.
    private static final LazyPattern SENDS =
            LazyPattern.of(
                    "(?:\\b|(?<=\\\\n))(?:curl|wget|xh|nc)\\s(?=[^\\n]{0,300}(?:--data\\S{0,12}|\\s-d\\b|\\s-T\\b|\\s-F\\b|--upload-file|--post-\\w{4}|@-|\\|\\s{0,4}(?:ba|z)?sh\\b))[^\\n]{0,200}?(?:https?://)?(?!https?://(?:localhost|127\\.))[\\w.-]{3,80}");

    private static final LazyPattern SAID =
            LazyPattern.of(
                    "\\.claude['\"/\\\\, )]{1,8}(?:projects|history|transcripts)\\b|\\.codex['\"/\\\\, )]{1,8}(?:sessions|history)\\b|\\.gemini['\"/\\\\, )]{1,8}(?:tmp|history)\\b|\\.cursor['\"/\\\\, )]{1,8}(?:chats|projects)\\b");
    private static final LazyPattern POSTS =
            LazyPattern.of(
                    "\\b(?:requests|httpx|session|client|axios)\\.(?:post|put)\\s{0,4}\\(|\\burlopen\\s{0,4}\\(|\\bfetch\\s{0,4}\\([^\\n]{0,300}|\\bsendall\\s{0,4}\\(");
    private static final LazyPattern FOREIGN =
            LazyPattern.of(
                    "https?://(?!localhost|127\\.|0\\.0\\.0\\.0|10\\.|192\\.168\\.|\\[::1]|[\\w.-]{0,60}(?:anthropic|openai|github|google\\w{0,8})\\.com)[\\w-]{1,60}\\.[\\w.-]{2,80}");

    private final String source;

    private Impostors(String source) {
        this.source = source;
    }

    /// What a program turns against its user.
    record Found(Severity severity, String what) {}

    /// The worst of them; empty when there is none.
    static Optional<Found> in(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Impostors found = new Impostors(part);
        return found.hook().or(found::wrapper).or(found::sayings);
    }

    private Optional<Found> wrapper() {
        boolean mayBe =
                source.contains("#!")
                        && source.contains("bin")
                        && (source.contains("chmod")
                                || source.contains("S_I")
                                || source.contains("mode"));
        if (!mayBe || !FOLDER.matcher(source).find() || !EXECUTABLE.matcher(source).find()) {
            return Optional.empty();
        }
        Matcher script = SCRIPT.matcher(source);
        Matcher tool = TOOL.matcher(source);
        if (!script.find() || !tool.find()) {
            return Optional.empty();
        }
        boolean isSending = SENDS.matcher(source).region(script.end(), source.length()).find();
        return Optional.of(
                new Found(
                        isSending ? Severity.HIGH : Severity.MEDIUM,
                        "writes a program named " + tool.group(1) + " where shells look first"));
    }

    private Optional<Found> hook() {
        if (!AGENT.matcher(mayName() ? source : "").find()
                || !WRITES.matcher(source).find()
                || !HOOK.matcher(source).find()) {
            return Optional.empty();
        }
        Matcher sends = SENDS.matcher(source);
        return sends.find()
                ? Optional.of(
                        new Found(
                                Severity.HIGH,
                                "writes into the settings of an agent: " + sends.group().strip()))
                : Optional.empty();
    }

    private boolean mayName() {
        return source.contains(".claude")
                || source.contains(".cursor")
                || source.contains(".codex")
                || source.contains(".gemini")
                || source.contains(".windsurf");
    }

    private Optional<Found> sayings() {
        if (!mayName()) {
            return Optional.empty();
        }
        Matcher said = SAID.matcher(source);
        return said.find() && POSTS.matcher(source).find() && FOREIGN.matcher(source).find()
                ? Optional.of(
                        new Found(
                                Severity.MEDIUM,
                                "sends on what was said to an agent: " + said.group()))
                : Optional.empty();
    }
}
