/// Boosted trees of XGBoost and CatBoost.
@NullMarked
package dev.bartizan.artifacts.trees;

import org.jspecify.annotations.NullMarked;
