/* How our scripts are written: as ESLint recommends, in today's syntax. Classic scripts, because modules do not load from file://. */
import js from "@eslint/js";

export default [
  { ignores: ["overrides/scripts/site/iframe-worker*.js"] }, // another's, as it was published
  js.configs.recommended,
  {
    files: ["overrides/scripts/**/*.js"],
    languageOptions: { ecmaVersion: 2021, sourceType: "script" },
    rules: {
      "arrow-body-style": "error",
      "curly": "error",
      "eqeqeq": "error",
      "no-implicit-globals": "off", // what a script offers to others is a constant of its own
      "no-redeclare": ["error", { builtinGlobals: false }],
      "no-shadow": "error",
      "no-undef": "off", // TypeScript knows better what there is
      "no-unused-vars": ["error", { varsIgnorePattern: "^clausebook", caughtErrors: "none" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-rest-params": "error",
      "prefer-spread": "error",
      "prefer-template": "error",
      "strict": ["error", "function"],
    },
  },
];
