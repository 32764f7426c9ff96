package dev.bartizan.threats.systemfile;

import dev.bartizan.threats.yaml.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// A system file that cannot be used, with everything that is wrong with it. Its message is one
/// line a problem, `file:line:column: what. How to mend it.`
public final class SystemFileErrors extends RuntimeException {
    private final transient List<Problem> problems;

    /// @param problems at least one, in the order of the file
    public SystemFileErrors(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /// Everything that is wrong, in the order of the file.
    public List<Problem> problems() {
        return problems;
    }
}
