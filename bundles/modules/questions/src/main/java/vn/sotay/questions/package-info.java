/**
 * Questions of members and the answers of those who know. Read on in {@link vn.sotay.questions.QuestionsEndpoints}.
 */
@SotayModule("questions")
@NullMarked
package vn.sotay.questions;

import org.jspecify.annotations.NullMarked;
import vn.sotay.api.module.SotayModule;
