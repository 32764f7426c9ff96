package dev.bartizan.artifacts.spi;

/// Tells that looking at a file takes longer than it may. An error, so that readers which turn any
/// exception of a library into a finding let it pass to the scanner, the only one to catch it.
public final class OutOfTime extends Error {
    private static final long serialVersionUID = 1;

    private final String what;

    OutOfTime(String what) {
        super(what, null, false, false);
        this.what = what;
    }

    /// What took how long.
    public String what() {
        return what;
    }
}
