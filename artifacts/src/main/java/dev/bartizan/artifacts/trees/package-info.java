/// Boosted trees of XGBoost, LightGBM and CatBoost.
@NullMarked
package dev.bartizan.artifacts.trees;

import org.jspecify.annotations.NullMarked;
