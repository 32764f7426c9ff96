package dev.bartizan.guard.training;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Texts with invented secrets of published forms, and harmless texts that look like them. Written
/// after the rules that ship and not looked at while they were tuned: an estimate for other texts.
public final class MadeSecrets {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String ALL = LOWER + LOWER.toUpperCase(java.util.Locale.ROOT) + DIGITS;
    private static final String URL = ALL + "-_";
    private static final int OF_EACH = 20;
    private final Random random;

    private MadeSecrets(long seed) {
        random = new Random(seed);
    }

    /// A text with its class.
    ///
    /// @param form what kind of text it is
    /// @param text the text
    /// @param isSecret whether it holds a secret
    public record Made(String form, String text, boolean isSecret) {}

    /// The texts of a seed.
    public static List<Made> of(long seed) {
        MadeSecrets made = new MadeSecrets(seed);
        List<Made> out = new ArrayList<>();
        made.secrets().forEach(form -> out.addAll(made.some(form, true)));
        made.harmless().forEach(form -> out.addAll(made.some(form, false)));
        return List.copyOf(out);
    }

    private record Form(String name, Supplier<String> text) {}

    private List<Made> some(Form form, boolean isSecret) {
        List<Made> out = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            out.add(new Made(form.name(), form.text().get(), isSecret));
        }
        return out;
    }

    private String pick(String alphabet, int length) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return out.toString();
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String hex(int length) {
        return pick("0123456789abcdef", length);
    }

    private String packed(int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return Base64.getEncoder().encodeToString(raw);
    }

    private String put(String name, String value) {
        return switch (random.nextInt(5)) {
            case 0 -> name + "=" + value;
            case 1 -> "export " + name + "=\"" + value + "\"";
            case 2 -> "\"" + name.toLowerCase(java.util.Locale.ROOT) + "\": \"" + value + "\",";
            case 3 -> name.toLowerCase(java.util.Locale.ROOT) + ": " + value;
            default -> "final String " + name + " = \"" + value + "\";";
        };
    }

    private List<Form> secrets() {
        return List.of(
                new Form(
                        "aws",
                        () -> "use AK" + "IA" + pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
                new Form(
                        "github",
                        () -> put("GH_TOKEN", one("ghp", "gho", "ghs") + "_" + pick(ALL, 36))),
                new Form("gitlab", () -> "token glpat" + "-" + pick(ALL, 20) + " for the runner"),
                new Form(
                        "slack",
                        () ->
                                put(
                                        "SLACK",
                                        "xox"
                                                + "b-"
                                                + pick(DIGITS, 12)
                                                + "-"
                                                + pick(DIGITS, 12)
                                                + "-"
                                                + pick(ALL, 24))),
                new Form("stripe", () -> put("STRIPE_KEY", "sk" + "_live_" + pick(ALL, 24))),
                new Form("google", () -> put("MAPS_KEY", "AI" + "zaSy" + pick(URL, 33))),
                new Form(
                        "sendgrid",
                        () -> put("MAIL", "SG" + "." + pick(URL, 22) + "." + pick(URL, 43))),
                new Form("npm", () -> "//registry/:_authToken=npm" + "_" + pick(ALL, 36)),
                new Form("shop", () -> put("SHOP", "shp" + "at_" + hex(32))),
                new Form("cloud", () -> put("DO_TOKEN", "dop" + "_v1_" + hex(64))),
                new Form(
                        "hub",
                        () ->
                                put(
                                        "HF_TOKEN",
                                        "hf"
                                                + "_"
                                                + pick(
                                                        LOWER
                                                                + LOWER.toUpperCase(
                                                                        java.util.Locale.ROOT),
                                                        34))),
                new Form("private key", this::privateKey),
                new Form("signed token", this::signedToken),
                new Form(
                        "password",
                        () -> put("DB_PASSWORD", pick(ALL, 9) + one("!", "#", "_") + pick(ALL, 5))),
                new Form("client secret", () -> put("CLIENT_SECRET", pick(ALL, 32))),
                new Form("api key", () -> put("API_KEY", hex(32))),
                new Form(
                        "bearer",
                        () ->
                                "curl -H 'Authorization: Bearer "
                                        + pick(URL, 40)
                                        + "' https://api.firm.example/v1"),
                new Form(
                        "basic",
                        () -> "curl -u admin:" + pick(ALL, 16) + " https://intra.example/x"),
                new Form(
                        "address",
                        () -> "postgres://app:" + pick(ALL, 18) + "@db.firm.example:5432/main"));
    }

    private String privateKey() {
        String head = "-----BEGIN " + one("RSA ", "EC ", "", "OPENSSH ") + "PRIVATE KEY-----";
        return head + "\n" + packed(96) + "\n" + packed(96) + "\n" + head.replace("BEGIN", "END");
    }

    private String signedToken() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String head =
                encoder.encodeToString(
                        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String body =
                encoder.encodeToString(
                        ("{\"sub\":\"" + pick(DIGITS, 10) + "\",\"admin\":true}")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "token: " + head + "." + body + "." + pick(URL, 43);
    }

    private List<Form> harmless() {
        return List.of(
                new Form("number of a thing", () -> put("REQUEST_ID", uuid())),
                new Form(
                        "digest",
                        () -> "sha256:" + hex(64) + "  " + one("app.tar.gz", "model.bin")),
                new Form("commit", () -> "commit " + hex(40) + "\nAuthor: Ana <ana@firm.example>"),
                new Form("lock file", () -> "\"integrity\": \"sha512-" + packed(64) + "\""),
                new Form("picture", () -> "<img src=\"data:image/png;base64," + packed(90) + "\">"),
                new Form(
                        "placeholder",
                        () ->
                                put(
                                        "API_KEY",
                                        one(
                                                "<your-key-here>",
                                                "YOUR_API_KEY",
                                                "xxxxxxxxxxxxxxxx",
                                                "changeme",
                                                "TODO",
                                                "********"))),
                new Form(
                        "variable",
                        () ->
                                put(
                                        "PASSWORD",
                                        one(
                                                "${DB_PASSWORD}",
                                                "$(cat pw.txt)",
                                                "{{ secrets.db }}",
                                                "os.environ['PW']",
                                                "%PASSWORD%"))),
                new Form(
                        "public key",
                        () ->
                                "-----BEGIN PUBLIC KEY-----\n"
                                        + packed(96)
                                        + "\n-----END PUBLIC KEY-----"),
                new Form(
                        "public key of a host",
                        () -> "ssh-rsa AAAAB3NzaC1yc2E" + pick(ALL, 180) + " ana@laptop"),
                new Form(
                        "prose",
                        () ->
                                one(
                                        "Your password must have twelve characters.",
                                        "Please reset the token in the settings.",
                                        "The secret of the recipe is time.",
                                        "Keep the key under the mat.",
                                        "An API key is needed for the maps service.")),
                new Form(
                        "code",
                        () ->
                                one(
                                        "passwordResetPage = true",
                                        "if (token == null) return;",
                                        "secretary: Anna Keller",
                                        "tokenizer = \"bert-base-uncased\"",
                                        "private_key_path = \"/etc/ssl/site.pem\"",
                                        "api_key_required: false",
                                        "max_tokens=4096")),
                new Form(
                        "test of code",
                        () -> "assertEquals(\"" + one("alpha", "beta") + "\", name); // " + hex(7)),
                new Form(
                        "version",
                        () ->
                                "lib-"
                                        + random.nextInt(9)
                                        + "."
                                        + random.nextInt(20)
                                        + ".0-SNAPSHOT-"
                                        + pick(DIGITS, 8)),
                new Form(
                        "page",
                        () ->
                                "https://news.example/2026/11/"
                                        + one("why-mice-sing", "how-bridges-age")
                                        + "-"
                                        + hex(8)
                                        + "?utm_source=mail"),
                new Form(
                        "log",
                        () ->
                                "2026-11-28 10:0"
                                        + random.nextInt(9)
                                        + " INFO user "
                                        + uuid()
                                        + " logged in, session "
                                        + hex(16)),
                new Form("layer", () -> "FROM eclipse-temurin@sha256:" + hex(64)),
                new Form("colours", () -> ".a{color:#" + hex(6) + ";background:#" + hex(6) + "}"),
                new Form(
                        "coin",
                        () -> "paid to bc1q" + pick("023456789acdefghjklmnpqrstuvwxyz", 38)),
                new Form(
                        "hex dump",
                        () ->
                                HexFormat.ofDelimiter(" ")
                                        .formatHex(Base64.getDecoder().decode(packed(24)))));
    }

    private String uuid() {
        return hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
    }
}
