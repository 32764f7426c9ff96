package dev.bartizan.artifacts.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// What a function of Python is known for by its full name alone. A program names the same few
/// functions again and again, and so do the programs of one scan.
///
/// @param starts whether it starts a program
/// @param startsNatively whether it starts one by a library whose functions any program may call
/// @param runsText whether it runs or compiles a text
/// @param loadsLibrary whether it loads a library of native code
/// @param runsCommand whether it is named as methods are that libraries run commands with
/// @param runsSource whether it runs what it is handed, or makes objects of it
/// @param isAnyOfAModule whether it may be any function of a module that starts programs
/// @param startsByName whether it starts a program or runs a text, by its last name alone
/// @param loadsModule whether it makes a module of a file, or takes modules from a folder
/// @param takesWords whether it takes the words of a command as arguments of their own
/// @param runsFile whether it runs a file of Python
/// @param startsByAnyWay whether it starts a program, also by way of a module that imports the one
///   it is in
record Callee(
        boolean starts,
        boolean startsNatively,
        boolean runsText,
        boolean loadsLibrary,
        boolean runsCommand,
        boolean runsSource,
        boolean isAnyOfAModule,
        boolean startsByName,
        boolean loadsModule,
        boolean takesWords,
        boolean runsFile,
        boolean startsByAnyWay) {
    private static final int MOST_KEPT = 4_096;
    private static final int LONGEST_KEPT = 500;
    private static final Map<String, Callee> KEPT = new ConcurrentHashMap<>();

    private static final Pattern OWNER_PATH =
            Pattern.compile(
                    "^(?:\\w{1,80}+\\.){1,20}?_?(os|subprocess|posix|pty|builtins)\\.(?=\\w{1,80}+$)");

    private static final Pattern STARTS =
            Pattern.compile(
                    "subprocess\\.(run|call|check_call|check_output|Popen|getoutput|getstatusoutput)"
                            + "|(os|posix|nt)\\.(system|popen[234]?|startfile|posix_spawnp?|exec[lv]p?e?|spawn[lv]p?e?)"
                            + "|commands\\.get(status)?output|pty\\.spawn|popen2\\.popen[234]|platform\\.popen"
                            + "|asyncio(\\.subprocess)?\\.create_subprocess_(exec|shell)|sh\\.(bash|sh|curl|wget)"
                            + "|plumbum\\.cmd\\.\\w+|pexpect\\.(run|spawn)|invoke\\.run|torch\\.utils\\.collect_env\\.run(_lambda)?|(numpy\\.distutils\\.)?exec_command\\.exec_command"
                            + "|get_ipython\\(\\)\\.(system|getoutput|getoutputs|run_cell_magic|run_line_magic)");

    private static final Pattern STARTS_NATIVELY =
            Pattern.compile(
                    "(?s)(?=.*\\b(CDLL|LoadLibrary|dlopen|PyDLL|WinDLL)\\b).*\\.(system|popen|exec[lv]\\w*|WinExec|ShellExecute\\w*)");

    private static final Pattern RUNS_TEXT = Pattern.compile("(builtins\\.)?(exec|eval|compile)");

    private static final Pattern LOADS_LIBRARY =
            Pattern.compile(
                    "(ctypes\\.)?(CDLL|PyDLL|WinDLL|OleDLL|(cdll|pydll|windll|oledll)\\.LoadLibrary)|torch\\.(ops|classes)\\.load_library");

    private static final Pattern RUNS_COMMAND =
            Pattern.compile(
                    "(?:.*[.)])(system|popen|run|call|Popen|exec_command|execute_command|run_command|check_output|getoutput|shell|sendline|sudo|local)");

    private static final Pattern RUNS_SOURCE =
            Pattern.compile(
                    "(builtins\\.)?(exec|eval|execfile)|runpy\\.run_path|code\\.\\w+\\.(runsource|runcode|push)|(marshal|pickle|dill|cloudpickle|joblib|torch)\\.loads?");

    private static final Pattern ANY_OF_A_MODULE =
            Pattern.compile("(os|posix|nt|subprocess|pty)\\.\\?");

    private static final Pattern STARTS_BY_NAME =
            Pattern.compile(
                    "(?:.*\\.)?(system|popen|startfile|posix_spawnp?|exec[lv]p?e?|spawn[lv]p?e?|Popen|check_output|check_call|getoutput|getstatusoutput|exec|eval)");

    private static final Pattern LOADS_MODULE =
            Pattern.compile(
                    "importlib\\.machinery\\.Source(less)?FileLoader|(importlib\\.util\\.)?spec_from_file_location|sys\\.path\\.(insert|append)|site\\.addsitedir|zipimport\\.zipimporter");

    private static final Pattern TAKES_WORDS =
            Pattern.compile(
                    ".*(\\.(exec|spawn)l\\w*|create_subprocess_exec|run_cell_magic|sh\\.\\w+|cmd\\.\\w+)");

    private static final Pattern RUNS_FILE = Pattern.compile("runpy\\.(_?run_\\w+)");

    /// What is known of a name.
    static Callee of(String name) {
        Callee known = KEPT.get(name);
        if (known != null) {
            return known;
        }
        Callee asked = read(name);
        if (name.length() <= LONGEST_KEPT) {
            if (KEPT.size() >= MOST_KEPT) { // a program of nothing but names is forgotten again
                KEPT.clear();
            }
            KEPT.put(name, asked);
        }
        return asked;
    }

    private static Callee read(String name) {
        String here = OWNER_PATH.matcher(name).replaceFirst("$1.");
        return new Callee(
                STARTS.matcher(name).matches(),
                STARTS_NATIVELY.matcher(name).matches(),
                RUNS_TEXT.matcher(name).matches(),
                LOADS_LIBRARY.matcher(name).matches(),
                RUNS_COMMAND.matcher(name).matches(),
                RUNS_SOURCE.matcher(name).matches(),
                ANY_OF_A_MODULE.matcher(name).matches(),
                STARTS_BY_NAME.matcher(name).matches(),
                LOADS_MODULE.matcher(name).matches(),
                TAKES_WORDS.matcher(name).matches(),
                RUNS_FILE.matcher(name).matches(),
                STARTS.matcher(here).matches());
    }
}
