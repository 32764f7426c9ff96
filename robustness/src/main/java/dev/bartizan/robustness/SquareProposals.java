package dev.bartizan.robustness;

/// Proposes changed rows for the square attack, in the way of a norm.
interface SquareProposals {
    /// Writes a first proposal.
    ///
    /// @param into rows of proposals
    /// @param at number of the row in `into`
    /// @param row number of the example
    void first(float[] into, int at, int row);

    /// Changes the best row so far, which stands in `into`.
    ///
    /// @param share of the image that a square covers, 0..1
    void next(float[] into, int at, int row, double share);
}
