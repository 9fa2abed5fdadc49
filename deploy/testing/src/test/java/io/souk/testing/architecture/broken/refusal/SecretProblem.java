package io.souk.testing.architecture.broken.refusal;

enum SecretProblem {
    NOT_TOLD;

    public String slug() {
        return "never-heard-of";
    }
}
