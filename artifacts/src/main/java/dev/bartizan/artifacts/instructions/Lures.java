package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.LazyPattern;
import dev.bartizan.core.Severity;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What misleads whoever follows a text, a person or a model, in any language: told by what it
/// shows (keys, addresses, programs), not by its sentences.
final class Lures {
    private static final int AROUND = 500;
    private static final int MOST_TRIED = 20;

    private static final LazyPattern KEY =
            LazyPattern.of(
                    "\\b(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\\d{3}|sk-\\S{4,40}@openssh\\.com) AAAA[\\w+/=]{20,}");

    /// A place in an address that is to be filled in.
    private static final String FILLED =
            "(?:<[^<>\\n]{1,60}>|\\{{1,2}[^{}\\n]{1,60}}|\\[[^\\]\\n]{1,60}]|%s|\\$\\{?\\w{1,30}|[A-Z][A-Z_]{2,20}(?![\\w=])|…|\\.{3}|(?=[`\"')\\s]|$))";

    /// Addresses of those who keep what users have there.
    private static final String KNOWN =
            "(?!(?:[\\w-]{1,40}\\.){0,3}(?:github\\.com|gitlab\\.com|amazonaws\\.com|aws\\.amazon\\.com|googleapis\\.com|google\\.com|azure\\.com|microsoft\\.com|localhost|shields\\.io|huggingface\\.co)\\b)(?!127\\.)";

    private static final LazyPattern FILLED_ADDRESS =
            LazyPattern.of(
                    "https?://"
                            + KNOWN
                            + "[^\\s\"'`)<>?]{4,200}\\?(?:[^\\s\"'`)<>=]{1,40}=[^\\s\"'`)<>&=]{0,60}&){0,4}[\\w.-]{1,30}="
                            + FILLED);

    private static final LazyPattern ENCODES =
            LazyPattern.of(
                    "(?iu)base ?64|\\b(?:url|percent)[- ]?(?:en)?cod|\\bencod|\\bhex\\b|\\bkodier|\\bcodific|\\bcodifi|\\bkodla|编码|編碼|エンコード|変換|인코딩|кодир|кодув|ترميز|mã hóa|zakoduj|एन्कोड");

    private static final LazyPattern SECRET =
            LazyPattern.of(
                    "(?i)\\.ssh\\b|\\bid_(?:rsa|ed25519|ecdsa)\\b|\\.aws\\b|(?<![\\w.])\\.env\\b(?!\\.(?:example|sample))|\\.netrc\\b|\\.git-credentials\\b|\\.kube\\b|\\.gnupg\\b|\\.npmrc\\b|\\.pypirc\\b|\\bwallet\\.dat\\b|/etc/(?:passwd|shadow)\\b");

    private static final LazyPattern IMAGE =
            LazyPattern.of(
                    "(?iu)!\\[|<img\\b|\\.(?:gif|png|svg|jpe?g|webp)\\b|\\bpixel\\b|\\bbadge\\b|\\bimage\\b");

    /// What was said, or what was read.
    private static final LazyPattern SAID =
            LazyPattern.of(
                    "(?i)\\b(?:conversation|chat history|transcript|system prompt|environment variables|secrets|credentials)\\b|\\b(?:last|previous|recent|earlier|latest|all|whole|entire|full)\\b[^.!?\\n]{0,16}\\b(?:messages?|answers?|repl(?:y|ies)|prompts?|chat)\\b|\\b(?:contents? of (?:the |any |all |each |every )?(?:\\w{1,12} )?files?|files? contents?|file you (?:have )?read)\\b");

    private static final LazyPattern FETCHED_RUN =
            LazyPattern.of(
                    "\\b(?:exec|eval)\\s{0,4}\\(\\s{0,4}(?:compile\\s{0,4}\\(\\s{0,4})?(?:await\\s{1,4}\\(?\\s{0,4}(?:await\\s{1,4})?)?(?:requests|httpx|urllib3?|request|urlopen|aiohttp|session|axios|fetch)[.(][^\\n]{0,200}"
                            + "|(?m:^)[ \\t>]*(\\w{1,40})\\s{0,4}=[^\\n=][^\\n]{0,60}?\\b(?:requests|httpx|urllib3?|urlopen|aiohttp|axios|fetch)\\b[^\\n]{0,160}https?://[^\\n]{0,200}\\n(?:[^\\n]{0,200}\\n){0,6}?[ \\t>]*(?:exec|eval)\\s{0,4}\\(\\s{0,4}(?:compile\\s{0,4}\\(\\s{0,4})?\\1\\b"
                            + "|\\b(?:pickle|cloudpickle|dill|marshal)\\.loads\\s{0,4}\\(\\s{0,4}(?:requests|httpx|urllib3?|request|urlopen)[.(][^\\n]{0,200}");

    private static final LazyPattern UNGUARDED =
            LazyPattern.of(
                    "(?i)\\b(?:turn(?:ing|ed)? off|disabl\\w{1,3}|switch(?:ing)? off|deactivat\\w{1,3}|paus(?:e|ing)|uninstall|exclu(?:de|sion)\\w{0,2}|(?:de)?aktivier\\w{1,4}|desactiv\\w{1,4}|disattiv\\w{1,4})\\b[^.!?\\n]{0,60}\\b(?:anti-?virus|real-?time protection|defender|virus (?:scanner|protection)|virenscanner|antivirenprogramm|smart ?screen|gatekeeper)\\b"
                            + "|\\b(?:anti-?virus|defender|real-?time protection|virenscanner)\\b[^.!?\\n]{0,40}\\b(?:off|disabled|ausschalten|deaktivieren|desactivar|désactiver)\\b");

    private static final LazyPattern LOCKED =
            LazyPattern.of(
                    "(?i)(?:\\.(?:zip|rar|7z|iso|img)\\b|\\barchive\\b|https?://)[^\\n]{0,160}?\\b(?:pass(?:word|code)?|passwort|kennwort|contraseña|mot de passe|пароль|密码|パスワード)\\b[\\s:=*`\"'_-]{1,8}(?:is\\b[\\s:*`\"'_-]{0,6})?(?!protected|manager|hash|reset|field|for|of|to|and|or|in|is\\b)[\\w!@#$%-]{3,40}");

    private static final LazyPattern AS_ROOT =
            LazyPattern.of(
                    "(?i)\\b(?:as|als|con|como|en tant qu[e']) ?(?:an? |the )?(?:admin(?:istrat(?:or|eur|or))?|administrador)\\b|\\bwith admin\\w{0,10} (?:rights|privileges)\\b");

    private static final LazyPattern PROGRAM =
            LazyPattern.of("(?i)https?://[^\\n]{3,200}|\\.(?:exe|msi|scr|bat|zip|rar|7z)\\b");

    private static final LazyPattern SHORT_PIPED =
            LazyPattern.of(
                    "(?i)\\b(?:curl|wget|iwr|irm|invoke-webrequest)\\b[^\\n|;]{0,120}?\\b(?:bit\\.ly|tinyurl\\.com|t\\.co|is\\.gd|v\\.gd|rb\\.gy|cutt\\.ly|shorturl\\.at|t\\.ly|ow\\.ly|goo\\.gl|rebrand\\.ly|rentry\\.(?:co|org)|pastebin\\.com|paste\\.ee|hastebin\\.com|dpaste\\.(?:com|org)|ghostbin\\.com|transfer\\.sh|0x0\\.st|termbin\\.com|ix\\.io|paste\\.rs|controlc\\.com|file\\.io|catbox\\.moe|files\\.catbox\\.moe|gofile\\.io)/[^\\n|;]{0,120}\\|\\s{0,4}(?:sudo\\s{1,4})?(?:ba|z|da)?(?:sh|python3?|node|perl|iex|invoke-expression)\\b");

    private static final LazyPattern PUBLISHED =
            LazyPattern.of(
                    "\\b(?:gh (?:issue|pr|gist|release)|glab (?:issue|mr|snippet)) (?:create|edit|comment|note|new)\\b[^\\n`;|&]{0,200}?(?:--?(?:body|title|notes|message|desc|description|b|t|n|m))[ =][^\\n`;|&]{0,120}?\\$\\{?\\w{0,40}(?:KEY|TOKEN|SECRET|PASSWORD)\\b");

    private final String text;
    private final Mentions mentions;

    private Lures(String text) {
        this.text = text;
        this.mentions = new Mentions(text);
    }

    /// The first lure of a text.
    static Optional<Orders.Given> in(String text, Instructions.Use use) {
        boolean isObeyed = use == Instructions.Use.OBEYED;
        Lures lures = new Lures(text);
        return (isObeyed ? lures.keys().or(lures::carried) : Optional.<Orders.Given>empty())
                .or(lures::fetched)
                .or(lures::prerequisites)
                .or(lures::shortened)
                .or(lures::published);
    }

    /// A secret of the machine put where everybody reads it.
    private Optional<Orders.Given> published() {
        if (text.indexOf('$') < 0 || !(text.contains("gh ") || text.contains("glab "))) {
            return Optional.empty();
        }
        return matches(PUBLISHED.get())
                .map(found ->
                        given(
                                found,
                                Severity.HIGH,
                                "has a secret of the machine written where others read it"))
                .findFirst();
    }

    /// A key that is to open the user's machine to its owner.
    private Optional<Orders.Given> keys() {
        if (!text.contains("authorized_keys") || !text.contains(" AAAA")) {
            return Optional.empty();
        }
        return matches(KEY.get())
                .filter(found -> near(found).contains("authorized_keys"))
                .map(found -> given(found, Severity.HIGH, "has a foreign key let in"))
                .findFirst();
    }

    /// An address that is to be filled with the user's secrets, or an image with what was said.
    private Optional<Orders.Given> carried() {
        if (!text.contains("://") || text.indexOf('?') < 0) {
            return Optional.empty();
        }
        return matches(FILLED_ADDRESS.get())
                .filter(found -> isCarrying(near(found)))
                .map(found ->
                        given(
                                found,
                                Severity.HIGH,
                                "has an address loaded that carries off secrets or what was said"))
                .findFirst();
    }

    private static boolean isCarrying(String near) {
        boolean isEncoded = ENCODES.matcher(near).find();
        boolean isImage = IMAGE.matcher(near).find();
        return (SECRET.matcher(near).find() && (isEncoded || isImage))
                || (isImage && SAID.matcher(near).find());
    }

    /// A program shown that runs whatever stands at an address.
    private Optional<Orders.Given> fetched() {
        boolean mayRun =
                text.contains("exec(") || text.contains("eval(") || text.contains(".loads(");
        if (!mayRun || !text.contains("://")) {
            return Optional.empty();
        }
        return matches(FETCHED_RUN.get())
                .map(found ->
                        given(found, Severity.HIGH, "shows a program that runs what it fetches"))
                .findFirst();
    }

    /// Two of: protection turned off, an archive with a password, rights of an administrator.
    private Optional<Orders.Given> prerequisites() {
        boolean mayBe =
                text.contains("dministrat")
                        || text.contains("admin")
                        || text.contains("ntivir")
                        || text.contains("nti-vir")
                        || text.contains("efender")
                        || text.contains("rotection");
        if (!mayBe) {
            return Optional.empty();
        }
        return Stream.of(UNGUARDED, LOCKED)
                .flatMap(pattern -> matches(pattern.get()))
                .flatMap(found -> prerequisite(found).stream())
                .findFirst();
    }

    private Optional<Orders.Given> prerequisite(Orders.Given found) {
        String near = near(found);
        boolean isUnguarded = UNGUARDED.matcher(near).find();
        boolean isLocked = LOCKED.matcher(near).find();
        boolean isRoot = AS_ROOT.matcher(near).find();
        int count = (isUnguarded ? 1 : 0) + (isLocked ? 1 : 0) + (isRoot ? 1 : 0);
        if (count < 2 || !PROGRAM.matcher(near).find()) {
            return Optional.empty();
        }
        Severity severity = isUnguarded && isLocked ? Severity.HIGH : Severity.MEDIUM;
        return Optional.of(given(found, severity, "has protection turned off to run a download"));
    }

    /// A download behind a short address, which may be another one tomorrow.
    private Optional<Orders.Given> shortened() {
        if (text.indexOf('|') < 0
                || !(text.contains("curl")
                        || text.contains("wget")
                        || text.contains("iwr")
                        || text.contains("irm"))) {
            return Optional.empty();
        }
        return matches(SHORT_PIPED.get())
                .map(found ->
                        given(
                                found,
                                Severity.MEDIUM,
                                "runs what stands behind a short address or a paste"))
                .findFirst();
    }

    /// Where an expression stands without being talked about or warned of.
    private Stream<Orders.Given> matches(Pattern pattern) {
        return Finds.of(pattern, text)
                .results()
                .limit(MOST_TRIED)
                .filter(found ->
                        !mentions.isTalkedAbout(found.start())
                                && !Secrets.isForbidden(text, found.start()))
                .map(found -> new Orders.Given(Severity.LOW, found.start(), found.end(), ""));
    }

    private static Orders.Given given(Orders.Given found, Severity severity, String what) {
        return new Orders.Given(severity, found.start(), found.end(), what);
    }

    private String near(Orders.Given found) {
        return text.substring(
                Math.max(0, found.start() - AROUND), Math.min(text.length(), found.end() + AROUND));
    }
}
