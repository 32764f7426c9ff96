package dev.bartizan.range;

/// A claim for damages.
///
/// @param id such as `C-310`
/// @param owner principal it belongs to
/// @param amountCents what is claimed, in euro cents
/// @param isApproved whether an adjuster has approved the payment
record Case(String id, String owner, long amountCents, boolean isApproved) {}
