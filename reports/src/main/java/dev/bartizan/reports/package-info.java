/// One assessment, many renderings.
@NullMarked
package dev.bartizan.reports;

import org.jspecify.annotations.NullMarked;
