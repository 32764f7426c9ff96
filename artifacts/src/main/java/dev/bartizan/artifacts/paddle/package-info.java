/// Programs of PaddlePaddle.
@NullMarked
package dev.bartizan.artifacts.paddle;

import org.jspecify.annotations.NullMarked;
