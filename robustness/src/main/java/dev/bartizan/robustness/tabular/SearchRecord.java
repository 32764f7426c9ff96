package dev.bartizan.robustness.tabular;

/// What one kind of search did.
///
/// @param name of the search
/// @param tried rows that it searched
/// @param broken rows for which it knew an evasion at its end, own or from a search before it
/// @param improved rows whose cheapest evasion so far it found
/// @param queries rows that the model answered for it
public record SearchRecord(String name, int tried, int broken, int improved, long queries) {
    SearchRecord and(Minimum before, Minimum after, long asked) {
        return new SearchRecord(
                name,
                tried + 1,
                broken + (after.isFound() ? 1 : 0),
                improved + (after.cost() < before.cost() ? 1 : 0),
                queries + asked);
    }
}
