/// Personal data in text: recognisers with checksums, and a small learned tagger of names and
/// places.
@NullMarked
package dev.bartizan.guard.personal;

import org.jspecify.annotations.NullMarked;
