package dev.bartizan.examples;

/// One column of a table of examples, as the feature description says it.
///
/// @param name of the column
/// @param type `number`, `integer` or `flag`
/// @param min smallest value there is
/// @param max largest value there is
/// @param immutable whether the person the row is about cannot change it
/// @param cost what one unit of change costs that person, in euros; 0 when immutable
/// @param group columns of which exactly one is 1; empty for none
/// @param meaning in words
record Column(
        String name,
        String type,
        double min,
        double max,
        boolean immutable,
        double cost,
        String group,
        String meaning) {
    static Column fixed(String name, String type, double min, double max, String meaning) {
        return new Column(name, type, min, max, true, 0, "", meaning);
    }

    static Column changeable(
            String name, String type, double min, double max, double cost, String meaning) {
        return new Column(name, type, min, max, false, cost, "", meaning);
    }

    static Column choice(String name, String group, double cost, String meaning) {
        return new Column(name, "flag", 0, 1, false, cost, group, meaning);
    }

    /// The value as this type of column holds it, inside its range.
    double fit(double value) {
        double inside = Math.clamp(value, min, max);
        return type.equals("number") ? inside : Math.rint(inside);
    }
}
