"""Files of genetic variants: VCF, BCF and lists; frequency tables, and the store made of them."""
