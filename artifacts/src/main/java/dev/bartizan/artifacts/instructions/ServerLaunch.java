package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.text.Commands;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server's command line and addresses lead to: programs that lie where anybody may put
/// them, folders with keys that are served, addresses of nobody known, secrets in addresses, and
/// arguments that are written in a code.
final class ServerLaunch {
    /// Folders of the user, or of the system, in which nothing lies but keys and settings.
    private static final Pattern KEYS =
            Pattern.compile(
                    "(?i)(?:~|\\$\\{?HOME}?|%USERPROFILE%|/home/[^/\\s]{1,64}|/Users/[^/\\s]{1,64}|/root|[A-Z]:[/\\\\]Users[/\\\\][^/\\\\]{1,64})[/\\\\]\\.(?:(?:ssh|aws|azure|kube|gnupg|docker|password-store|mozilla|claude|codex|gemini|cursor|netrc|npmrc|git-credentials|terraform\\.d)(?:[/\\\\].*)?|config(?:[/\\\\](?:gcloud|gh|op|google-chrome|chromium|1password)(?:[/\\\\].*)?)?|local[/\\\\]share[/\\\\]keyrings.*)[/\\\\]?"
                            + "|/(?:private/)?etc(?:/(?:ssh|ssl/private|shadow|passwd|sudoers(?:\\.d)?|pam\\.d|kubernetes))?/?|/proc(?:/.*)?|/var/run/secrets(?:/.*)?|/root/?|(?:~|/Users/[^/\\s]{1,64})/Library/(?:Keychains|Application Support/(?:Google|Firefox|1Password).*)/?");

    /// Servers that hand out files.
    private static final Pattern SERVES_FILES =
            Pattern.compile(
                    "(?i).*(?:file-?_?system|file-?_?servers?\\b|desktop-commander|\\bfs\\b|\\bfiles\\b).*");

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:--?[\\w-]{1,40}=)?(https?://.*)");

    /// A secret under its name in an address, which every log and proxy on the way keeps.
    private static final Pattern SECRET_IN_ADDRESS =
            Pattern.compile(
                    "(?i)[?&;#](?:[\\w.-]{0,30}?(?:api[_-]?key|token|secret|passw(?:or)?d)|key|auth|pat)=([^&#\\s]{12,})");

    private static final Pattern NAME_IN_ADDRESS =
            Pattern.compile("(?i)https?://[^/\\s:@]{1,100}:([^/\\s@$<{]{4,200})@");
    private static final Pattern TO_BE_FILLED_IN =
            Pattern.compile(
                    "(?i).*(?:your|example|placeholder|changeme|xxx|\\*\\*\\*|dummy|insert|here|<|\\{|\\$|%7b).*");

    private static final Pattern CODED = Pattern.compile("[A-Za-z0-9+/_-]{20,4000}={0,2}");
    private static final Pattern COMMAND =
            Pattern.compile(
                    "(?i)\\s*(?:curl|wget|(?:/bin/)?(?:ba|z)?sh|powershell|python3?|node|nc|cmd)\\s.*",
                    Pattern.DOTALL);

    private final Launch launch;
    private final List<String> arguments;
    private final Json server;
    private final ServerEnvironment.Reports reports;

    ServerLaunch(
            String command,
            List<String> arguments,
            Json server,
            ServerEnvironment.Reports reports) {
        String program = command.replaceFirst("(?s)^.*[/\\\\]", "");
        boolean isContainer = program.equals("docker") || program.equals("podman");
        this.launch = isContainer ? Launch.of("", List.of()) : Launch.of(command, arguments);
        this.arguments = arguments;
        this.server = server;
        this.reports = reports;
    }

    void look() {
        programs();
        keys();
        addresses();
        coded();
    }

    private void programs() {
        launch.fetched()
                .ifPresent(place ->
                        reports.report(
                                InstructionRules.COMMAND,
                                Severity.HIGH,
                                "runs a program from \"" + brief(place) + "\""));
        Optional<String> folder = server.text("cwd").filter(cwd -> Launch.isTemporary(cwd + "/."));
        launch.temporary()
                .or(() -> folder)
                .ifPresent(place ->
                        reports.report(
                                InstructionRules.COMMAND,
                                Severity.MEDIUM,
                                "runs a program that lies where anybody may put one: \""
                                        + brief(place)
                                        + "\""));
    }

    private void keys() {
        if (arguments.stream().noneMatch(each -> SERVES_FILES.matcher(each).matches())) {
            return;
        }
        arguments.stream()
                .filter(each -> KEYS.matcher(each).matches())
                .findFirst()
                .ifPresent(each ->
                        reports.report(
                                InstructionRules.SCOPE,
                                Severity.MEDIUM,
                                "serves a folder with keys: \"" + each + "\""));
    }

    private void addresses() {
        server.text("url").ifPresent(this::address);
        for (String argument : arguments) {
            Matcher address = ADDRESS.matcher(argument);
            if (address.matches()) {
                address(address.group(1));
            }
        }
        if (server.get("env").orElse(new Json.Null()) instanceof Json.Members variables) {
            variables
                    .members()
                    .forEach(member -> {
                        if (member.value() instanceof Json.Text text
                                && Hosts.COLLECTOR.matcher(text.value()).lookingAt()) {
                            address(text.value());
                        }
                    });
        }
    }

    private void address(String address) {
        boolean isUnknown =
                (Hosts.TUNNEL.matcher(address).lookingAt()
                                || Hosts.COLLECTOR.matcher(address).lookingAt())
                        && !Hosts.isToFillIn(address);
        if (isUnknown) {
            reports.report(
                    InstructionRules.SCOPE,
                    Severity.MEDIUM,
                    "leads to a host behind which anybody may be: \"" + brief(address) + "\"");
        }
        Matcher secret = SECRET_IN_ADDRESS.matcher(address);
        Matcher name = NAME_IN_ADDRESS.matcher(address);
        boolean isNamed = secret.find() && isSecret(secret.group(1));
        boolean isLogin =
                name.lookingAt() && !Hosts.isNear(address) && !isToBeFilledIn(name.group(1));
        if (isNamed || isLogin) {
            reports.report(
                    InstructionRules.SECRET,
                    Severity.MEDIUM,
                    "is given a secret in the clear in its address");
        }
    }

    private static boolean isSecret(String value) {
        return !isToBeFilledIn(value) && value.chars().anyMatch(Character::isDigit);
    }

    private static boolean isToBeFilledIn(String value) {
        return TO_BE_FILLED_IN.matcher(value).matches();
    }

    /// Arguments that say an address or a command in base64, so that nobody reads it.
    private void coded() {
        for (String argument : arguments) {
            String value = argument.replaceFirst("^--?[\\w-]{1,40}=(?=[^=])", "");
            decoded(value)
                    .filter(ServerLaunch::isTelling)
                    .ifPresent(said ->
                            reports.report(
                                    InstructionRules.COMMAND,
                                    Severity.MEDIUM,
                                    "is given \"" + brief(said) + "\", written in a code"));
        }
    }

    private static boolean isTelling(String said) {
        boolean isPlain = said.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n');
        return isPlain
                && (said.matches("(?s)(?:https?|wss?)://[\\w.\\[-].*")
                        || COMMAND.matcher(said).matches()
                        || Commands.judge(said)
                                .filter(judged -> judged.severity().isAtLeast(Severity.HIGH))
                                .isPresent());
    }

    private static Optional<String> decoded(String value) {
        if (!CODED.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            String plain = value.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
            byte[] bytes = Base64.getDecoder().decode(plain);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no base64
        }
    }

    private static String brief(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
