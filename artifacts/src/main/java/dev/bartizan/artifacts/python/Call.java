package dev.bartizan.artifacts.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A call in a program.
///
/// @param callee its dotted name with imports resolved, `subprocess.run` for `sp.run` after `import
///   subprocess as sp`
/// @param arguments by position
/// @param named by keyword
/// @param source the call as it stands there, its first 1,000 letters
/// @param names the names that stand in the arguments
/// @param offset where it starts, in UTF-16 units
/// @param way how the source gets to the callee
public record Call(
        String callee,
        List<Value> arguments,
        Map<String, Value> named,
        String source,
        List<String> names,
        int offset,
        Way way) {
    /// How a source gets to what it calls.
    public enum Way {
        /// It is called by its name.
        NAMED,
        /// It is handed to something that will call it: `map(os.system, …)`.
        HANDED,
        /// Its name is looked up in a dictionary, or put together: `vars(os)["sys" + "tem"]`.
        LOOKED_UP
    }

    public Call {
        arguments = List.copyOf(arguments);
        named = Map.copyOf(named);
        names = List.copyOf(names);
    }

    /// The same call of another function.
    Call to(String other) {
        return new Call(other, arguments, named, source, names, offset, way);
    }

    /// The first argument, or the one of that keyword.
    public Optional<Value> first(String keyword) {
        return arguments.isEmpty()
                ? Optional.ofNullable(named.get(keyword))
                : Optional.of(arguments.getFirst());
    }
}
