/**
 * The vocabulary of Leat: what a project folder declares, as records, and how the folder is read.
 *
 * <p>Start with {@link dev.leat.model.Project}: it holds everything a folder says; {@link
 * dev.leat.model.ProjectReader} reads one, by the keys that {@code FolderKeys} declares. {@link
 * dev.leat.model.Type} is the type system every other module shares, {@link dev.leat.model.Problem}
 * is how anything that is wrong is told.
 */
@NullMarked
package dev.leat.model;

import org.jspecify.annotations.NullMarked;
