/// Universal Binary JSON (draft 12) with limits, read into the same values as JSON. XGBoost keeps
/// models in it.
@NullMarked
package dev.bartizan.formats.ubjson;

import org.jspecify.annotations.NullMarked;
