package dev.bartizan.artifacts.convert;

/// Why weights are not converted: something in them is no tensor, or the file cannot be trusted to
/// mean one thing.
final class Refused extends Exception {
    Refused(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
