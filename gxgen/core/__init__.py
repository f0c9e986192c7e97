"""What every step of the pipeline uses: findings and their codes, errors, files, numbers, text, TOML positions."""
