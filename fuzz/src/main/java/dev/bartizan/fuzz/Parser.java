package dev.bartizan.fuzz;

import java.util.List;

/// A parser of hostile bytes.
///
/// @param name its name on the command line, and that of its folder of regression inputs
/// @param seeds formats, as the scanner names them, whose files are good to start from; `*` for all
/// @param attempt reads an input
record Parser(String name, List<String> seeds, Attempt attempt) {
    Parser {
        seeds = List.copyOf(seeds);
    }

    static Parser of(String name, Attempt attempt, String... seeds) {
        return new Parser(name, List.of(seeds), attempt);
    }

    /// What came of an input.
    enum Outcome {
        /// It is of no such format: not worth keeping.
        OTHER,
        /// It was read.
        READ,
        /// It was refused in the way the parser promises.
        REFUSED
    }

    /// Reads an input. Whatever it throws is a defect: an attempt catches what its parser promises
    /// to throw, and nothing else.
    @FunctionalInterface
    interface Attempt {
        Outcome read(byte[] input) throws Exception;
    }
}
