/// Model files of boosted trees: XGBoost (JSON and UBJSON) and LightGBM (text), read within limits
/// and with their shape checked: every index in range, every tree a tree.
@NullMarked
package dev.bartizan.formats.boosted;

import org.jspecify.annotations.NullMarked;
