package dev.bartizan.reports;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Evidence;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The commands that reports tell the reader to run, quoted for a POSIX shell.
public final class Commands {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");

    private Commands() {}

    /// Runs one check again, at the whole system.
    public static String run(AiSystem system, String check) {
        return assess(system) + " --only " + quote(check);
    }

    /// Makes a piece of evidence again; for evidence from outside, adds newer evidence beside it.
    public static String reproduce(AiSystem system, Evidence evidence) {
        return evidence.source()
                        instanceof Evidence.Source.OfCheck(String check, String _, String _)
                ? run(system, check) + " --fresh"
                : add(system, evidence.claim(), evidence.element());
    }

    /// Adds what somebody tested by hand.
    public static String add(AiSystem system, Claim claim, String element) {
        return "bartizan evidence add "
                + quote(system.file().toString())
                + " --element "
                + quote(element)
                + " --claim "
                + quote(claim.name())
                + " --outcome withstood --trials 20 --owner YOU --expires DAY --summary WHAT";
    }

    /// Attacks the model of an element with examples that the user has.
    ///
    /// @param model the file to attack
    public static String attack(AiSystem system, Path model, String element) {
        return "bartizan attack "
                + quote(asNamed(system, model))
                + " --inputs X.npy --labels Y.npy --eps E --system "
                + quote(system.file().toString())
                + " --element "
                + quote(element);
    }

    /// Explains why a threat is there.
    public static String explain(AiSystem system, AssessedThreat threat) {
        return "bartizan threats "
                + quote(system.file().toString())
                + " --explain "
                + quote(threat.threat().id());
    }

    /// A file below the system's folder, as it is reached from where the system file was named.
    private static String asNamed(AiSystem system, Path file) {
        Path folder = system.file().toAbsolutePath().normalize().getParent();
        return folder != null && file.startsWith(folder)
                ? system.file().resolveSibling(folder.relativize(file)).toString()
                : file.toString();
    }

    private static String assess(AiSystem system) {
        return "bartizan assess " + quote(system.file().toString());
    }

    private static String quote(String word) {
        if (PLAIN.matcher(word).matches() && !word.startsWith("-")) {
            return word;
        }
        return "'" + VisibleText.of(word).replace("'", "'\\''") + "'";
    }
}
