"""The workbench: settings, addresses, sign-in and front-end assets."""
