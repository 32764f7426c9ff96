/// The check of what an endpoint gives away and lets pass.
@NullMarked
package dev.bartizan.targets.exposure;

import org.jspecify.annotations.NullMarked;
