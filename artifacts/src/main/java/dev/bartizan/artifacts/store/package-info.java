/// Results of scans kept between runs, as bytes by key.
@NullMarked
package dev.bartizan.artifacts.store;

import org.jspecify.annotations.NullMarked;
