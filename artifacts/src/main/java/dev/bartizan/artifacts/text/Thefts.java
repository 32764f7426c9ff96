package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.python.Call;
import dev.bartizan.artifacts.python.PythonProgram;
import dev.bartizan.artifacts.python.Value;
import dev.bartizan.artifacts.spi.Finds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Python program does to the person who runs it without starting anything: keys, settings
/// and keystrokes sent away, files written that run by themselves later, a home folder emptied. A
/// key sent to the service it belongs to is no theft.
final class Thefts {
    private static final int LONGEST = 8_000;
    private static final int MOST_NAMES = 40;
    private static final int LONGEST_SHOWN = 160;

    /// Words without which a source does nothing of the kind.
    private static final Pattern HINTS =
            Pattern.compile(
                    "environ|getenv|\\.ssh|id_rsa|id_ed25519|\\.aws|\\.netrc|credential|\\.kube|\\.docker|/etc/|Login Data|Cookies|cookies|wallet|token|\\.env\\b|keyring|pyperclip|ImageGrab|\\bmss\\b|pynput|\\bkeyboard\\b|\\.bashrc|\\.profile|\\.zshrc|authorized_keys|sitecustomize|usercustomize|\\.pth\\b|systemd|autostart|LaunchA|Startup|CurrentVersion|\\.git/hooks|cron|home\\(|expanduser|HOME|input_ids|_history");

    private static final Pattern SENDS =
            Pattern.compile(
                    "(requests|httpx|aiohttp|urllib3?|http)\\b.*\\.(get|post|put|patch|request|urlopen|Request|urlretrieve)"
                            + "|(.*\\.)?(urlopen|sendall|sendto|sendmail|send_message|storbinary|storlines|gethostbyname|gethostbyname_ex|getaddrinfo|upload_file|upload_fileobj|upload_folder|create_connection|send_document|send_photo|webhook)"
                            + "|.*[.)](post|put|send|request|resolve|publish|execute)");

    /// Files that hold keys, and what gives all of them at once.
    private static final Pattern SECRET =
            Pattern.compile(
                    "['\"/\\\\]\\.ssh\\b|\\bid_(rsa|ed25519|ecdsa|dsa)\\b|['\"/\\\\]\\.aws\\b|\\.netrc\\b|\\.git-credentials|\\.docker/config|['\"/]\\.kube\\b|config/gcloud|['\"/]\\.azure\\b|/etc/(passwd|shadow)"
                            + "|\\.(bash|zsh|python)_history|Login Data|Local State|cookies\\.sqlite|logins\\.json|key4\\.db|wallet\\.dat|['\"/]\\.(bitcoin|ethereum|electrum)\\b|\\.config/solana|huggingface/(stored_)?tokens?|['\"/]\\.env['\"]|['\"/]\\.(npmrc|pypirc|vault-token)['\"]"
                            + "|\\b(dict|str|repr|list|dumps|items|urlencode|format|sorted)\\(\\s*(\\*\\*)?os\\.environ\\s*[,)]|[=:,(]\\s*os\\.environ\\s*[,)}]|\\*\\*os\\.environ|\\{os\\.environ}|os\\.environ\\.(copy|items|values|_data)\\b|\\bos\\.environ\\s*$|\\bin\\s+os\\.environ\\s*$"
                            + "|/proc/(self|\\d+)/environ|browser_cookie3|\\bpyperclip\\.paste|\\bkeyring\\.get_password|ImageGrab\\.grab|\\bmss\\.mss\\b|\\bpyautogui\\.screenshot|get_frozen_credentials|169\\.254\\.169\\.254");

    private static final Pattern TOKEN_GETTER =
            Pattern.compile(
                    "\\bHfFolder\\.get_token\\s*\\(|(?<![\\w.])get_token\\s*\\(\\s*\\)|huggingface_hub\\.get_token");

    /// Who this machine and its user are: odd in an address.
    private static final Pattern IDENTITY =
            Pattern.compile(
                    "(?s)(?=.*(gethostname\\(|platform\\.node\\(|\\buname\\())(?=.*(getuser\\(|environ|getlogin\\(|getenv\\(|getcwd\\()).*");

    private static final Pattern VARIABLE =
            Pattern.compile(
                    "(?:environ(?:\\.get\\s*\\(|\\.pop\\s*\\(|\\s*\\[)|getenv\\s*\\()\\s*f?['\"]([A-Z_0-9]{3,60})['\"]");

    private static final Pattern HOST = Pattern.compile("(?:https?|wss?)://([^/'\"\\s?#]{1,200})");

    private static final Pattern OWN_HOST =
            Pattern.compile(
                    "(localhost|127\\.|0\\.0\\.0\\.0|10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|\\[::1]|[{\\w-]+(:\\d+)?$).*");

    private static final Pattern LATER =
            Pattern.compile(
                    "\\.(bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv|xprofile|xinitrc)\\b|authorized_keys|/etc/(cron|profile|rc\\.local|ld\\.so\\.(preload|conf)|sudoers|systemd|init\\.d|passwd|g?shadow|group\\b|pam\\.|security/|ssh/|bash\\.bashrc|environment\\b|zsh/)|\\.ssh/(rc|environment)\\b|/var/spool/cron|systemd/(user|system)|LaunchAgents|LaunchDaemons|(config|xdg|etc)[/'\", ]{1,5}autostart|Programs[\\\\/]{1,2}Startup|(site|user)customize\\.py|profile_default/startup|\\.git/hooks/|\\.config/fish/");

    private static final Pattern PATH_FILE =
            Pattern.compile(
                    "(?s)(?=.*\\.pth['\"])(?=.*(getsitepackages|getusersitepackages|site-packages|purelib|USER_SITE)).*");

    /// The whole of a home, and not a folder in it.
    private static final Pattern WHOLE_HOME =
            Pattern.compile(
                    "(expanduser\\(\\s*['\"]~/?['\"]\\s*\\)|Path\\.home\\(\\s*\\)|environ\\[['\"](HOME|USERPROFILE)['\"]])(?!\\s*(?:/|\\.joinpath|\\+|,|\\)\\s*/))");

    private static final Pattern WALKS =
            Pattern.compile("os\\.walk|os\\.scandir|(.*[.)])?(rglob|glob|iterdir)|glob\\.i?glob");
    private static final Pattern DESTROYS =
            Pattern.compile(
                    "(os\\.(remove|unlink|rmdir)|shutil\\.rmtree|.*[.)](unlink|rmdir|encrypt))");
    private static final Pattern LISTENS =
            Pattern.compile(
                    "(pynput\\.)?keyboard\\.(Listener|on_press|hook|record|start_recording|read_event)|.*GetAsyncKeyState");
    private static final Pattern RUN_KEY = Pattern.compile("CurrentVersion\\\\{1,2}Run");

    private final PythonProgram program;

    private Thefts(PythonProgram program) {
        this.program = program;
    }

    /// The call that does so; empty when there is none.
    static Optional<String> in(PythonProgram program) {
        if (!Finds.any(HINTS, program.source())) {
            return Optional.empty();
        }
        Thefts thefts = new Thefts(program);
        return program.calls().stream()
                .filter(call -> call.way() == Call.Way.NAMED)
                .filter(thefts::isOne)
                .findFirst()
                .map(call -> call.source().replaceAll("\\s+", " "))
                .map(text ->
                        text.length() <= LONGEST_SHOWN
                                ? text
                                : text.substring(0, LONGEST_SHOWN) + "…");
    }

    private boolean isOne(Call call) {
        String callee = call.callee();
        return (SENDS.matcher(callee).matches() && isTheft(call))
                || isLater(call)
                || (callee.endsWith("SetValueEx") && Finds.any(RUN_KEY, program.source()))
                || (WALKS.matcher(callee).matches() && isWholeHome(call) && destroys())
                || (LISTENS.matcher(callee).matches() && sendsAnything());
    }

    private boolean destroys() {
        return program.calls().stream().anyMatch(call -> DESTROYS.matcher(call.callee()).matches());
    }

    private boolean sendsAnything() {
        return program.calls().stream()
                .anyMatch(call ->
                        call.callee()
                                .matches(
                                        "(requests|httpx|urllib)\\b.*\\.(post|put|get|urlopen)|.*\\.(sendall|sendto|sendmail)"));
    }

    private boolean isWholeHome(Call call) {
        return WHOLE_HOME.matcher(reach(call)).find();
    }

    private boolean isTheft(Call call) {
        String reach = reach(call);
        boolean isToOwn = hosts(reach).stream().allMatch(host -> OWN_HOST.matcher(host).matches());
        boolean isKnownHost = !hosts(reach).isEmpty();
        if (isKnownHost && isToOwn) {
            return false;
        }
        if (SECRET.matcher(reach).find() || (isKnownHost && IDENTITY.matcher(reach).matches())) {
            return true;
        }
        if (TOKEN_GETTER.matcher(reach).find()) {
            boolean isHub = hosts(reach).stream().allMatch(host -> isOf("HF_TOKEN", host));
            boolean isContent = call.callee().contains("upload");
            return (isKnownHost && !isHub) || isContent;
        }
        if (isKnownHost && reach.contains("input_ids") && call.callee().contains("urlopen")) {
            return true;
        }
        Matcher variable = VARIABLE.matcher(reach);
        while (variable.find()) {
            String name = variable.group(1);
            if (isKnownHost
                    && isSecret(name)
                    && hosts(reach).stream()
                            .noneMatch(
                                    host -> isOf(name, host) || OWN_HOST.matcher(host).matches())) {
                return true;
            }
        }
        return false;
    }

    /// Names of variables whose keys belong to one service.
    private static boolean isSecret(String name) {
        return !owners(name).isEmpty();
    }

    private static boolean isOf(String variable, String host) {
        return owners(variable).stream().anyMatch(host::contains);
    }

    private static List<String> owners(String name) {
        if (name.startsWith("AWS_S") || name.startsWith("AWS_ACCESS")) {
            return List.of("amazonaws.com", "amazon.com");
        }
        return switch (name) {
            case "HF_TOKEN",
                    "HUGGING_FACE_HUB_TOKEN",
                    "HUGGINGFACE_TOKEN",
                    "HUGGINGFACEHUB_API_TOKEN",
                    "HF_API_TOKEN" ->
                    List.of("huggingface", "hf.co", "hf.space", "hf-mirror");
            case "OPENAI_API_KEY" -> List.of("openai", "azure.com");
            case "ANTHROPIC_API_KEY" -> List.of("anthropic.com", "claude.");
            case "GITHUB_TOKEN", "GH_TOKEN" -> List.of("github");
            case "WANDB_API_KEY" -> List.of("wandb.");
            case "KAGGLE_KEY" -> List.of("kaggle.com");
            case "NPM_TOKEN" -> List.of("npmjs.");
            case "PYPI_TOKEN", "TWINE_PASSWORD" -> List.of("pypi.org");
            default -> List.of();
        };
    }

    private static List<String> hosts(String reach) {
        return HOST.matcher(reach).results().limit(20).map(found -> found.group(1)).toList();
    }

    /// Whether a file is written that runs by itself later.
    private boolean isLater(Call call) {
        String callee = call.callee();
        boolean isOpened = callee.equals("open") || callee.endsWith(".open");
        boolean isDescriptor = callee.equals("os.open") || callee.equals("posix.open");
        boolean isWritten =
                isOpened
                        ? isDescriptor
                                ? call.source().matches("(?s).*O_(WRONLY|RDWR|APPEND|CREAT).*")
                                : mode(call).matches("[rbt]*[wax+].*")
                        : callee.endsWith(".write_text")
                                || callee.endsWith(".write_bytes")
                                || callee.matches(
                                        "shutil\\.(copy\\w*|move)|os\\.(rename|replace|symlink|link)|.*[.)](symlink_to|hardlink_to|link_to)");
        if (!isWritten) {
            return false;
        }
        String reach =
                !isOpened && (callee.startsWith("os.") || callee.startsWith("shutil."))
                        ? target(call)
                        : reach(call) + "\n" + Value.joined(call.arguments(), "\n");
        return LATER.matcher(reach).find() || PATH_FILE.matcher(reach).matches();
    }

    private String target(Call call) {
        String source = call.source();
        int comma = source.lastIndexOf(',');
        return comma < 0 ? source : source.substring(comma);
    }

    private static String mode(Call call) {
        boolean isMethod = !call.callee().matches("((io|codecs|builtins)\\.)?open");
        int index = isMethod ? 0 : 1;
        Value named = call.named().get("mode");
        if (named != null) {
            return named.joined();
        }
        return call.arguments().size() > index ? call.arguments().get(index).joined() : "r";
    }

    /// The source of a call, and of what the names in it stand for.
    private String reach(Call call) {
        StringBuilder reach = new StringBuilder(call.source());
        Set<String> seen = new HashSet<>();
        List<String> next = new ArrayList<>(call.names());
        String first = call.callee().replaceFirst("[.(].*", "");
        next.add(first);
        for (int i = 0;
                i < next.size() && seen.size() < MOST_NAMES && reach.length() < LONGEST;
                i++) {
            String name = next.get(i);
            if (!seen.add(name)) {
                continue;
            }
            Optional<String> origin = program.origin(name);
            if (origin.isPresent()) {
                reach.append('\n').append(origin.get());
                Matcher word = Words.NAME.matcher(origin.get());
                while (word.find() && next.size() < MOST_NAMES) {
                    next.add(word.group());
                }
            }
        }
        return reach.toString();
    }

    /// Compiled when the first name is followed.
    private static final class Words {
        static final Pattern NAME = Pattern.compile("(?<![\\w.'\"])[A-Za-z_]\\w*+(?!\\s*\\()");

        private Words() {}
    }
}
