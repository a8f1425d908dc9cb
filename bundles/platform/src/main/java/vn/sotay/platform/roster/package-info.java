/**
 * Rosters: lists of members as offices keep them, read from CSV and XLSX files and written for them. Begin with {@code RosterImport}; how a
 * file is understood stands in the pure classes {@code Encodings}, {@code Heads}, {@code Dates}, {@code Names}, {@code RowChecks} and
 * {@code Matches}.
 */
@NullMarked
package vn.sotay.platform.roster;

import org.jspecify.annotations.NullMarked;
