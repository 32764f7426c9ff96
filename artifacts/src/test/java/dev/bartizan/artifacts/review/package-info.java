@NullMarked
package dev.bartizan.artifacts.review;

import org.jspecify.annotations.NullMarked;
