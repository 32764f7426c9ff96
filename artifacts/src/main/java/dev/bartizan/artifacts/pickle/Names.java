package dev.bartizan.artifacts.pickle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a module and a name really stand for, when the name walks through attributes or the module
/// is another's twin.
final class Names {
    private static final Map<String, String> TWINS =
            Map.ofEntries(
                    Map.entry("posix", "os"),
                    Map.entry("nt", "os"),
                    Map.entry("os2", "os"),
                    Map.entry("ce", "os"),
                    Map.entry("riscos", "os"),
                    Map.entry("_operator", "operator"),
                    Map.entry("__builtin__", "builtins"),
                    Map.entry("__builtins__", "builtins"),
                    Map.entry("_functools", "functools"),
                    Map.entry("copy_reg", "copyreg"),
                    Map.entry("sklearn.externals.joblib.numpy_pickle", "joblib.numpy_pickle"),
                    Map.entry("numpy.__builtins__", "builtins"));

    /// Other names under which modules hold modules.
    private static final Map<String, String> ALIASES =
            Map.ofEntries(
                    Map.entry("bltns", "builtins"),
                    Map.entry("builtin_mod", "builtins"),
                    Map.entry("np", "numpy"),
                    Map.entry("_np", "numpy"),
                    Map.entry("pd", "pandas"),
                    Map.entry("mp", "multiprocessing"),
                    Map.entry("sp", "subprocess"),
                    Map.entry("pickle_mod", "pickle"),
                    Map.entry("pickle_module", "pickle"),
                    Map.entry("osp", "posixpath"),
                    Map.entry("tf", "tensorflow"));

    private static final Set<String> OFTEN_REACHED =
            Set.of(
                    "os",
                    "sys",
                    "subprocess",
                    "posix",
                    "nt",
                    "builtins",
                    "importlib",
                    "shutil",
                    "pickle",
                    "socket",
                    "ctypes",
                    "runpy",
                    "pty",
                    "__builtins__");
    private static final Set<String> REFLECTION =
            Set.of(
                    "__globals__",
                    "__builtins__",
                    "__subclasses__",
                    "__mro__",
                    "__base__",
                    "__bases__",
                    "__code__",
                    "__closure__",
                    "__func__",
                    "__self__",
                    "__loader__",
                    "__spec__",
                    "__import__",
                    "__getattribute__",
                    "__dict__",
                    "__class__",
                    "__reduce__",
                    "__reduce_ex__",
                    "__module__",
                    "f_globals",
                    "gi_frame",
                    "tb_frame",
                    "f_locals",
                    "f_back",
                    "f_builtins",
                    "cr_frame",
                    "ag_frame",
                    "gi_code",
                    "cr_code",
                    "f_code",
                    "tb_next",
                    "func_globals",
                    "func_code",
                    "im_func",
                    "im_self",
                    "__wrapped__",
                    "__getattr__",
                    "__setattr__",
                    "__delattr__",
                    "__defaults__",
                    "__kwdefaults__",
                    "__weakref__",
                    "__init_subclass__",
                    "__class_getitem__",
                    "__mro_entries__",
                    "__instancecheck__",
                    "__annotations__",
                    "__annotate__",
                    "mro");

    /// What PyTorch's own module holds that is a namespace of functions on tensors.
    private static final Set<String> OF_TENSORS =
            Set.of(
                    "_VariableFunctionsClass",
                    "_VariableFunctions",
                    "_TensorBase",
                    "TensorBase",
                    "_nn",
                    "_fft",
                    "_linalg",
                    "_special",
                    "_sparse",
                    "_nested");

    private Names() {}

    /// Module and name in the form the table of callables uses, as one dotted word.
    static String canonical(Value.Imported imported) {
        return imported.what().plain().dotted();
    }

    /// Follows a dotted name through modules that re-export others: `posixpath` `os.system` is `os`
    /// `system`, `collections` `_sys.exit` is `sys` `exit`.
    static Name resolve(Name imported) {
        String module = twin(imported.module());
        int dot = imported.name().indexOf('.');
        if (module.equals("torch._C")
                && dot > 0
                && OF_TENSORS.contains(imported.name().substring(0, dot))) {
            return resolve(
                    Name.of(
                            module + "." + imported.name().substring(0, dot),
                            imported.name().substring(dot + 1)));
        }
        List<String> parts = Arrays.asList(imported.name().split("\\.", 32));
        int last = -1;
        for (int i = 0; i < parts.size(); i++) {
            String word = bare(parts.get(i));
            boolean isTail = i == parts.size() - 1;
            if (!word.isEmpty() && (!isTail || isReachedModule(word, module))) {
                last = i;
            }
        }
        if (last < 0) {
            return Name.of(module, imported.name());
        }
        String rest = String.join(".", parts.subList(last + 1, parts.size()));
        return Name.of(twin(bare(parts.get(last))), rest);
    }

    /// Whether the last word of a name is itself a module reached through another one.
    private static boolean isReachedModule(String word, String module) {
        return OFTEN_REACHED.contains(word)
                && Callables.bundled()
                        .lookup(module, word)
                        .filter(entry -> entry.names().contains(word))
                        .isEmpty();
    }

    /// The standard module a word of a name stands for: itself, or itself behind underscores; empty
    /// when there is none.
    private static String bare(String word) {
        Callables callables = Callables.bundled();
        if (word.equals("__builtins__") || callables.isStandard(word)) {
            return word;
        }
        String alias = ALIASES.get(word);
        if (alias != null) {
            return alias;
        }
        int start = 0;
        while (start < word.length() && word.charAt(start) == '_') {
            start++;
        }
        String bare = word.substring(start);
        return callables.isStandard(bare) ? bare : "";
    }

    private static String twin(String module) {
        return TWINS.getOrDefault(module, module);
    }

    /// Whether a name walks through Python's machinery instead of naming something a module offers.
    static boolean isReflective(String name) {
        for (String part : name.split("\\.", 64)) {
            if (REFLECTION.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
