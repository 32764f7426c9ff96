package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/// What programs in JavaScript do that no skill or page has a need of: run a text that was packed,
/// carry off what a browser keeps, put another wallet in the place of the one meant.
final class JavaScriptTraps {
    private static final int LONGEST = 1 << 18;
    private static final int MOST = 100;
    private static final int LONGEST_CALL = 300;

    private static final String UNPACKS =
            "(?:Buffer\\.from\\s{0,4}\\(\\s{0,4}(?:['\"`][\\w+/=-]*+['\"`]|[^;\\n'\"`]{0,200}+)\\s{0,4},?\\s{0,4}['\"`](?:base64|hex|latin1)['\"`]\\s{0,4}\\)|\\batob\\s{0,4}\\(|\\bunescape\\s{0,4}\\(|\\bString\\.fromCharCode\\b|\\b(?:gunzipSync|inflateSync|brotliDecompressSync|inflateRawSync)\\s{0,4}\\()";

    private static final LazyPattern UNPACKED = LazyPattern.of(UNPACKS);

    private static final LazyPattern GIVEN =
            LazyPattern.of(
                    "(?<![\\w$.])([A-Za-z_$][\\w$]{0,40})\\s{0,4}=(?![=>])\\s{0,4}(?:new\\s{1,4}TextDecoder\\(\\)\\.decode\\(\\s{0,4})?"
                            + UNPACKS);

    private static final LazyPattern RUNS =
            LazyPattern.of(
                    "\\.(?:_compile|runInThisContext|runInNewContext|runInContext|compileFunction)\\s{0,4}\\(|(?<![\\w$.])(?:new\\s{1,4})?(?:vm\\.Script|Function)\\s{0,4}\\(|(?<![\\w$.])eval\\s{0,4}\\(");

    /// What a browser keeps of logins.
    private static final LazyPattern KEPT =
            LazyPattern.of(
                    "['\"`/\\\\](?:Login Data|Local State|Web Data|key4\\.db|logins\\.json|cookies\\.sqlite)['\"`/\\\\]");

    private static final LazyPattern READS =
            LazyPattern.of(
                    "\\b(?:readFileSync|readFile|createReadStream|copyFileSync|copyFile)\\b");

    /// Addresses of those who take in what thieves send.
    private static final LazyPattern DROP =
            LazyPattern.of(
                    "api\\.telegram\\.org/bot|\\bdiscord(?:app)?\\.com/api/webhooks|\\bwebhook\\.site\\b|\\bsendDocument\\b");

    private static final LazyPattern POSTS =
            LazyPattern.of(
                    "(?i)method\\s{0,4}:\\s{0,4}['\"`](?:post|put)['\"`]|\\baxios\\.(?:post|put)\\b|\\bgot\\.post\\b");

    private static final LazyPattern WALLET_SOUGHT =
            LazyPattern.of(
                    "/[^/\\n]{0,40}(?:0x\\[[^\\]\\n]{3,20}]\\{40}|bc1\\[|\\[13]\\[|T\\[[^\\]\\n]{3,30}]\\{33})[^/\\n]{0,80}/");

    private static final LazyPattern WALLET_OWN =
            LazyPattern.of(
                    "['\"`](?:0x[0-9a-fA-F]{40}|bc1[a-z0-9]{25,60}|T[1-9A-HJ-NP-Za-km-z]{33}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|[48][1-9A-HJ-NP-Za-km-z]{94})['\"`]");

    private static final LazyPattern OVERRIDES =
            LazyPattern.of(
                    "\\b(?:window|globalThis|self|global)\\.fetch\\s{0,4}=(?!=)|\\bXMLHttpRequest\\.prototype\\.(?:open|send)\\s{0,4}=(?!=)|\\bethereum\\.(?:request|send|sendAsync)\\s{0,4}=(?!=)|\\bclipboard\\.writeText\\s{0,4}[=(]|\\baddEventListener\\s{0,4}\\(\\s{0,4}['\"](?:copy|paste)['\"]");

    private static final LazyPattern RECIPIENT =
            LazyPattern.of(
                    "\\bparams\\[0]\\.to\\s{0,4}=(?!=)|\\bparams\\[0]\\[['\"]to['\"]]\\s{0,4}=(?!=)");

    private static final LazyPattern SHELL =
            LazyPattern.of(
                    "\\bspawn\\s{0,4}\\(\\s{0,4}['\"`](?:(?:/usr)?/bin/)?(?:(?:ba|z|da)?sh|cmd(?:\\.exe)?|powershell(?:\\.exe)?)['\"`]");

    private static final LazyPattern CONNECTS =
            LazyPattern.of(
                    "\\.(?:connect|createConnection)\\s{0,4}\\(|\\bnew\\s{1,4}(?:\\w{1,40}\\.)?Socket\\b");

    private static final LazyPattern FEEDS =
            LazyPattern.of("\\.pipe\\s{0,4}\\(\\s{0,4}[\\w$.]{1,60}\\.stdin\\b");

    private final String source;

    private JavaScriptTraps(String source) {
        this.source = source;
    }

    /// The trap, as it stands there; empty when there is none.
    static Optional<String> in(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        JavaScriptTraps traps = new JavaScriptTraps(part);
        return traps.unpacked().or(traps::carried).or(traps::replaced).or(traps::reversed);
    }

    /// A shell whose input and output are joined to a connection.
    private Optional<String> reversed() {
        if (!source.contains("spawn") || !source.contains("stdin") || !source.contains("stdout")) {
            return Optional.empty();
        }
        Matcher shell = SHELL.matcher(source);
        return CONNECTS.matcher(source).find() && FEEDS.matcher(source).find() && shell.find()
                ? Optional.of("hands a shell to another machine: " + shell.group())
                : Optional.empty();
    }

    private Optional<String> unpacked() {
        boolean mayRun =
                source.contains("_compile(")
                        || source.contains("runIn")
                        || source.contains("compileFunction")
                        || source.contains("Function(")
                        || source.contains("vm.Script");
        boolean mayUnpack =
                source.contains("Buffer.from")
                        || source.contains("atob(")
                        || source.contains("fromCharCode")
                        || source.contains("unescape(")
                        || source.contains("Sync(");
        if (!mayRun || !mayUnpack) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        Matcher given = GIVEN.matcher(source);
        for (int i = 0; i < MOST && given.find(); i++) {
            names.add(given.group(1));
        }
        Matcher runs = RUNS.matcher(source);
        for (int i = 0; i < MOST && runs.find(); i++) {
            int end = Math.min(source.length(), runs.end() + LONGEST_CALL);
            String call = source.substring(runs.end(), end).replaceFirst("(?s)[;\\n].*", "");
            boolean isGiven = names.stream().anyMatch(name -> isHanded(call, name));
            if (isGiven || UNPACKED.matcher(call).find()) {
                return Optional.of(runs.group() + call);
            }
        }
        return Optional.empty();
    }

    /// Whether the first of what a call is handed is a name, or a text made of it.
    private static boolean isHanded(String call, String name) {
        String first = call.stripLeading();
        int end = name.length();
        return first.startsWith(name)
                && (first.length() == end || ",).;".indexOf(first.charAt(end)) >= 0);
    }

    private Optional<String> carried() {
        boolean mayBe =
                source.contains("Login Data")
                        || source.contains("Local State")
                        || source.contains("key4.db")
                        || source.contains("logins.json");
        if (!mayBe || !READS.matcher(source).find()) {
            return Optional.empty();
        }
        Matcher kept = KEPT.matcher(source);
        boolean isSent =
                source.contains("://")
                        && (DROP.matcher(source).find() || POSTS.matcher(source).find());
        return isSent && kept.find() ? Optional.of("sends " + kept.group()) : Optional.empty();
    }

    private Optional<String> replaced() {
        boolean mayBe =
                source.contains("fetch")
                        || source.contains("ethereum")
                        || source.contains("XMLHttpRequest")
                        || source.contains("clipboard")
                        || source.contains("addEventListener");
        if (!mayBe || !(source.contains("0x") || source.contains("bc1") || source.contains("T["))) {
            return Optional.empty();
        }
        Matcher overrides = OVERRIDES.matcher(source);
        boolean isSwapped =
                WALLET_OWN.matcher(source).find()
                        && (WALLET_SOUGHT.matcher(source).find()
                                || RECIPIENT.matcher(source).find());
        return isSwapped && overrides.find()
                ? Optional.of(
                        "puts another wallet in the place of the one meant: " + overrides.group())
                : Optional.empty();
    }
}
